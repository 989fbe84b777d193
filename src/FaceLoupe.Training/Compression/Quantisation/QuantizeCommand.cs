using System.CommandLine;
using FaceLoupe.Programs;
using FaceLoupe.Storage;
using FaceLoupe.Training.Configuration;

namespace FaceLoupe.Training.Compression.Quantisation;

/// <summary><c>faceloupe-train quantize</c>: an 8-bit model of an exported one.</summary>
internal static class QuantizeCommand
{
    public static Command Create()
    {
        var model = new Argument<string>("MODEL_DIR") { Description = "Folder of an exported model." };
        var output = TextOption.Required("--out", "DIR", "Folder of the 8-bit model.");
        var calibrate = TextOption.Required(
            "--calibrate", "DIR", "Folder of images like those to search, but not those to evaluate on.");
        var defaults = new QuantisationOptions();
        var pictures = Numbers.Whole(
            "--pictures", "How many of the images to use, at least 2.", "N", 2, int.MaxValue, defaults.Pictures);
        var channels = Numbers.Whole(
            "--min-channels", "Convolutions with fewer input channels stay in floating point.", "N", 1, int.MaxValue,
            defaults.MinChannels);
        var sevenBits = new Option<bool>("--seven-bits")
        {
            Description = "Quantise weights to 7 bits, for processors without VNNI.",
        };
        var networks = new Option<string[]>("--networks")
        {
            Description = "Networks to quantise: proposals, generator, discriminator.",
            HelpName = "NAME",
            DefaultValueFactory = _ => QuantisationOptions.AllNetworks, AllowMultipleArgumentsPerToken = true,
        };
        networks.AcceptOnly(QuantisationOptions.AllNetworks);
        var command = new Command(
            "quantize", "Quantise an exported model to 8 bits: faster on a CPU, nearly as accurate.")
        {
            model, output, calibrate, pictures, channels, sevenBits, networks,
        };
        command.SetAction(parsed =>
        {
            OwnInput.Refuse("--out", parsed.GetRequiredValue(output), parsed.GetRequiredValue(model));
            var manifest = BundleQuantisation.Write(
                parsed.GetRequiredValue(model),
                parsed.GetRequiredValue(output),
                parsed.GetRequiredValue(calibrate),
                new QuantisationOptions
                {
                    MinChannels = parsed.GetValue(channels),
                    Pictures = parsed.GetValue(pictures),
                    SevenBits = parsed.GetValue(sevenBits),
                    Networks = parsed.GetRequiredValue(networks),
                },
                Console.Out);
            Console.WriteLine($"{parsed.GetRequiredValue(output)}: {manifest.Name} {manifest.Version}");
        });
        return command;
    }
}
