using FaceLoupe.Geometry;
using FaceLoupe.Imaging;
using FaceLoupe.Models;
using FaceLoupe.Proposals;

namespace FaceLoupe.Crops;

/// <summary>
/// Step 2: cuts a proposal out of its picture together with its surroundings (the paper's section 3.5): the square
/// about the proposal, enlarged by a factor. Training and inference cut here and nowhere else.
/// </summary>
public sealed class ContextCropper
{
    private readonly ContextSection _context;

    /// <summary>Makes a cropper.</summary>
    /// <param name="context">How much context, and from which size a window counts as sharp.</param>
    public ContextCropper(ContextSection context)
    {
        ArgumentNullException.ThrowIfNull(context);
        _context = context;
    }

    /// <summary>The window that is cut out for a proposal, in pixels of the picture; it may reach outside.</summary>
    public Box Window(in Box proposal) => proposal.ToSquare().Enlarge(_context.Factor);

    /// <summary>
    /// Whether a proposal's window has so many pixels that it needs no super-resolution and goes straight to the
    /// discriminator.
    /// </summary>
    public bool IsSharp(in Box proposal) => _context.RouteAbove is { } limit && Window(proposal).LongerSide >= limit;

    /// <summary>Cuts out a proposal's window.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="proposal">The proposal's box, in pixels of the picture.</param>
    /// <param name="size">Side of the square result, in pixels.</param>
    public Picture Crop(Picture picture, in Box proposal, int size) =>
        Resampler.Crop(picture, Window(proposal), size, size);

    /// <summary>Cuts out the windows of a batch of proposals as network input.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="proposals">The proposals, N of them.</param>
    /// <param name="size">Side of the square crops, in pixels.</param>
    /// <param name="destination">N x 3 x size x size floats in the convention of <see cref="PixelTensor"/>.</param>
    public void Crop(Picture picture, ReadOnlySpan<Proposal> proposals, int size, Span<float> destination)
    {
        var length = 3 * size * size;
        ArgumentOutOfRangeException.ThrowIfNotEqual(destination.Length, proposals.Length * length);
        for (var i = 0; i < proposals.Length; i++)
        {
            PixelTensor.Write(Crop(picture, proposals[i].Box, size), destination.Slice(i * length, length));
        }
    }
}
