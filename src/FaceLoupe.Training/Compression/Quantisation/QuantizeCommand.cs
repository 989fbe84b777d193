using System.CommandLine;

namespace FaceLoupe.Training.Compression.Quantisation;

/// <summary><c>faceloupe-train quantize</c>: an 8-bit model of an exported one.</summary>
internal static class QuantizeCommand
{
    public static Command Create()
    {
        var model = new Argument<string>("MODEL_DIR") { Description = "Folder of an exported model." };
        var output = new Option<string>("--out") { Description = "Folder of the 8-bit model.", Required = true };
        var calibrate = new Option<string>("--calibrate")
        {
            Description = "Folder of images like those to be detected in; not those to be measured on.",
            Required = true,
        };
        var defaults = new QuantisationOptions();
        var pictures = new Option<int>("--pictures")
        {
            Description = "How many of them to use, at least 2. Default 32.",
            DefaultValueFactory = _ => defaults.Pictures,
        };
        pictures.Validators.Add(result => RefuseBelow(result, pictures, 2));
        var channels = new Option<int>("--min-channels")
        {
            Description = "Convolutions of fewer input channels keep their floats. Default 64.",
            DefaultValueFactory = _ => defaults.MinChannels,
        };
        channels.Validators.Add(result => RefuseBelow(result, channels, 1));
        var sevenBits = new Option<bool>("--seven-bits")
        {
            Description = "Weights of 7 bits, for processors without VNNI.",
        };
        var networks = new Option<string[]>("--networks")
        {
            Description = "Networks to quantise: proposals, generator, discriminator. Default all.",
            DefaultValueFactory = _ => QuantisationOptions.AllNetworks, AllowMultipleArgumentsPerToken = true,
        };
        networks.AcceptOnlyFromAmong(QuantisationOptions.AllNetworks);
        var command = new Command(
            "quantize", "Write an 8-bit model of an exported one: faster on a CPU, nearly as accurate.")
        {
            model, output, calibrate, pictures, channels, sevenBits, networks,
        };
        command.SetAction(parsed =>
        {
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

    private static void RefuseBelow(System.CommandLine.Parsing.OptionResult result, Option<int> option, int least)
    {
        if (result.GetValue(option) < least)
        {
            result.AddError($"{option.Name} is {result.GetValue(option)}, not at least {least}.");
        }
    }
}
