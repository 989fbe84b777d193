using System.CommandLine;

namespace FaceLoupe.Training.Compression.Averaging;

/// <summary><c>faceloupe-train average</c>: a model of the mean weights of several.</summary>
internal static class AverageCommand
{
    public static Command Create()
    {
        var models = new Argument<string[]>("MODEL_DIRS")
        {
            Description = "Folders of exported models, two or more, trained one from another; the new one takes the "
                + "manifest of the first.",
            Arity = new ArgumentArity(2, 100),
        };
        var output = new Option<string>("--out") { Description = "Folder of the new model.", Required = true };
        var command = new Command(
            "average", "Write a model whose weights are the means of those of several exported ones.")
        {
            models, output,
        };
        command.SetAction(parsed =>
        {
            var manifest = BundleAverage.Write(parsed.GetRequiredValue(models), parsed.GetRequiredValue(output));
            Console.WriteLine(
                $"{parsed.GetRequiredValue(output)}: {manifest.Name} {manifest.Version}; calibrate it before use");
        });
        return command;
    }
}
