using System.CommandLine;
using FaceLoupe.Programs;
using FaceLoupe.Training.Configuration;

namespace FaceLoupe.Training.Compression.Averaging;

/// <summary><c>faceloupe-train average</c>: a model with the mean weights of several.</summary>
internal static class AverageCommand
{
    public static Command Create()
    {
        var models = new Argument<string[]>("MODEL_DIRS")
        {
            Description = "Folders of two or more exported models, each trained from another; the new model gets the "
                + "manifest of the first.",
            Arity = new ArgumentArity(2, 100),
        };
        var output = TextOption.Required("--out", "DIR", "Folder of the new model.");
        var command = new Command("average", "Average the weights of several exported models.")
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
