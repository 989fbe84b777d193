using FaceLoupe.Geometry;
using FaceLoupe.Imaging;
using FaceLoupe.Models;
using FaceLoupe.Proposals;

namespace FaceLoupe.Crops;

/// <summary>
/// Step 2: cuts a proposal out of its image together with its surroundings (the paper's section 3.5): the square about
/// the proposal, enlarged by a factor, which may go with the proposal's size. Training and inference both use this.
/// </summary>
public sealed class ContextCropper
{
    // A few crops are faster than starting a second thread.
    private const int ParallelCrops = 8;

    private readonly ContextSection _context;

    /// <summary>Makes a cropper.</summary>
    /// <param name="context">How much context, and from which size a window counts as native.</param>
    public ContextCropper(ContextSection context)
    {
        ArgumentNullException.ThrowIfNull(context);
        _context = context;
    }

    /// <summary>The window that is cut out for a proposal, in pixels of the image; it may reach outside.</summary>
    public Box Window(in Box proposal) => proposal.ToSquare().Enlarge(FactorFor(proposal.LongerSide));

    /// <summary>
    /// Whether a proposal's window has so many pixels that it needs no super-resolution and goes straight to the
    /// discriminator.
    /// </summary>
    public bool IsNative(in Box proposal) => _context.RouteAbove is { } limit && Window(proposal).LongerSide >= limit;

    /// <summary>Cuts out a proposal's window.</summary>
    /// <param name="picture">The image.</param>
    /// <param name="proposal">The proposal's box, in pixels of the image.</param>
    /// <param name="size">Side of the square result, in pixels.</param>
    public Picture Crop(Picture picture, in Box proposal, int size) =>
        Resampler.Crop(picture, Window(proposal), size, size);

    /// <summary>Cuts out the windows of a batch of proposals as network input.</summary>
    /// <param name="picture">The image.</param>
    /// <param name="proposals">The proposals, N of them.</param>
    /// <param name="size">Side of the square crops, in pixels.</param>
    /// <param name="destination">N x 3 x size x size floats in the convention of <see cref="PixelTensor"/>.</param>
    /// <param name="threads">Maximum number of threads; 0: one per core. Default 1.</param>
    public void Crop(
        Picture picture, ReadOnlyMemory<Proposal> proposals, int size, Memory<float> destination, int threads = 1)
    {
        var length = 3 * size * size;
        ArgumentOutOfRangeException.ThrowIfNotEqual(destination.Length, proposals.Length * length);
        ArgumentOutOfRangeException.ThrowIfNegative(threads);
        if (threads == 1 || proposals.Length < ParallelCrops)
        {
            for (var i = 0; i < proposals.Length; i++)
            {
                CropOne(picture, proposals.Span[i].Box, size, destination.Slice(i * length, length));
            }
        }
        else
        {
            var cores = new ParallelOptions { MaxDegreeOfParallelism = threads == 0 ? -1 : threads };
            Parallel.For(0, proposals.Length, cores, i =>
                CropOne(picture, proposals.Span[i].Box, size, destination.Slice(i * length, length)));
        }
    }

    // Linear in the logarithm of the side, as anchors are spaced: 12 to 24 px adds as much as 24 to 48.
    private float FactorFor(float side)
    {
        if (_context.BySize is not { } bySize || side <= bySize.From)
        {
            return _context.Factor;
        }

        return side >= bySize.To
            ? bySize.Factor
            : float.Lerp(
                _context.Factor, bySize.Factor, MathF.Log2(side / bySize.From) / MathF.Log2(bySize.To / bySize.From));
    }

    private void CropOne(Picture picture, in Box proposal, int size, Memory<float> destination) =>
        Resampler.Crop(picture, Window(proposal), size, size, destination);
}
