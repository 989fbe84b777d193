using System.CommandLine;
using FaceLoupe;
using FaceLoupe.Training.Commands;
using FaceLoupe.Training.Runs;

NativeHeap.KeepFreedMemory();
var root = new RootCommand("Train the networks of FaceLoupe: proposals, mine, generator, gan, export.")
{
    ProposalsCommand.Create(),
};
try
{
    return root.Parse(args).Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
catch (FaceLoupeException fault)
{
    Console.Error.WriteLine($"faceloupe-train: {fault.Message}");
    return 2;
}
