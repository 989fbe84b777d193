using FaceLoupe.Cli;
using FaceLoupe.Cli.Streams;

return CommandLine.Run(args, StandardOutput.Open(), Console.Error);
