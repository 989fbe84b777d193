using System.ComponentModel.DataAnnotations;
using FaceLoupe.Validation;

namespace FaceLoupe.Training.Networks;

/// <summary>Shape of a VGG, which is trained from scratch; the defaults are the convolutions of VGG16.</summary>
internal sealed record VggOptions
{
    private const string NoStatistics =
        "must be batch or none; frozen needs pretrained statistics, which do not exist";

    /// <summary>Channels of the first block; the others have 2, 4, 8 and 8 times as many. Default 64.</summary>
    [Range(1, int.MaxValue)]
    public int Width { get; init; } = 64;

    /// <summary>Convolutions of each block; a max-pool of 2 stands between blocks. Default 2, 2, 3, 3, 3.</summary>
    [Length(1, 5), Each(1, int.MaxValue)]
    public IReadOnlyList<int> Blocks { get; init; } = [2, 2, 3, 3, 3];

    /// <summary>Normalisation of every convolution: batch (the default), or none as in the original.</summary>
    [AllowedValues(NormMode.Batch, NormMode.None, ErrorMessage = NoStatistics)]
    public NormMode Norm { get; init; } = NormMode.Batch;

    /// <summary>Output channels of a block, 1-based.</summary>
    public int OutChannels(int block) => Width << Math.Min(block - 1, 3);
}
