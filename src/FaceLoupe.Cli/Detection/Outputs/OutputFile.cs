using FaceLoupe.Cli.Inputs;
using FaceLoupe.Imaging;
using FaceLoupe.Storage;

namespace FaceLoupe.Cli.Detection.Outputs;

/// <summary>Files and folders that results go into.</summary>
internal static class OutputFile
{
    /// <summary>Refuses a path that cannot be a file of results, before the search.</summary>
    /// <param name="option">The option that names it.</param>
    /// <param name="path">The file.</param>
    /// <param name="inputs">What must not be overwritten.</param>
    /// <exception cref="FaceLoupeException">It is a folder or an input.</exception>
    public static void Check(string option, string path, InputList inputs)
    {
        if (Directory.Exists(path) || Path.EndsInDirectorySeparator(path))
        {
            throw new FaceLoupeException($"{option} {path}: is a folder; give the name of a file.");
        }

        AtomicFile.RefuseAddress(path, option);
        if (OwnInput.Replaced(path, inputs.Paths) is not null)
        {
            throw new FaceLoupeException($"{option} {path}: would overwrite the input; give another name.");
        }
    }

    /// <summary>Refuses a path that cannot be a folder of results, and makes it.</summary>
    /// <param name="option">The option that names it.</param>
    /// <param name="path">The folder.</param>
    /// <exception cref="FaceLoupeException">It is a file, or the file system refused.</exception>
    public static void MakeFolder(string option, string path)
    {
        AtomicFile.RefuseAddress(path, option);
        if (File.Exists(path))
        {
            throw new FaceLoupeException($"{option} {path}: is a file; give a folder.");
        }

        if (!Directory.Exists(path) && !Path.EndsInDirectorySeparator(path)
            && (InputKind.HasPictureExtension(path) || VideoFile.HasVideoExtension(path)))
        {
            throw new FaceLoupeException(
                $"{option} {path}: is named like an image or video, but a folder is expected; end the name with '/' if "
                + "the folder is to have that name.");
        }

        try
        {
            Directory.CreateDirectory(path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw AtomicFile.Refused(path, fault);
        }
    }
}
