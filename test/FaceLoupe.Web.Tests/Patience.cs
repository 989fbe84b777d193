namespace FaceLoupe.Web.Tests;

/// <summary>Waiting for what comes soon, but not at once.</summary>
internal static class Patience
{
    private const int Attempts = 600;

    /// <summary>Asks again and again, for half a minute at most.</summary>
    public static async Task<bool> UntilAsync(Func<Task<bool>> isSo)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            if (await isSo())
            {
                return true;
            }

            await Task.Delay(50);
        }

        return false;
    }

    public static Task<bool> UntilAsync(Func<bool> isSo) => UntilAsync(() => Task.FromResult(isSo()));
}
