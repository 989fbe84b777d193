using System.Security.Cryptography;
using FaceLoupe.Training.Workspace;

namespace FaceLoupe.Training.Identities;

/// <summary>Stage 1 of a finished training.</summary>
internal static class FinishedProposals
{
    /// <summary>SHA-256 of its trained weights and their average.</summary>
    /// <exception cref="FaceLoupeException">The folder holds no trained stage 1.</exception>
    public static string IdentityOf(TrainedRun run)
    {
        var (_, checkpoint) = run.OpenStage("proposals");
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in (string[])["proposals.weights", "proposals.average"])
        {
            hash.AppendData(File.ReadAllBytes(Path.Combine(checkpoint.Folder, file)));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
