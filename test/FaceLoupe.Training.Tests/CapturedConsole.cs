namespace FaceLoupe.Training.Tests;

/// <summary>Keeps what is printed meanwhile; for tests that run alone.</summary>
internal sealed class CapturedConsole : IDisposable
{
    private readonly TextWriter output = Console.Out;
    private readonly TextWriter error = Console.Error;
    private readonly StringWriter printed = new();
    private readonly StringWriter complained = new();

    public CapturedConsole()
    {
        Console.SetOut(printed);
        Console.SetError(complained);
    }

    public string Output => printed.ToString();

    public string Error => complained.ToString();

    public void Dispose()
    {
        Console.SetOut(output);
        Console.SetError(error);
        printed.Dispose();
        complained.Dispose();
    }
}
