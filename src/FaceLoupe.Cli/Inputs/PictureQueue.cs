using FaceLoupe.Imaging;

namespace FaceLoupe.Cli.Inputs;

/// <summary>
/// Decodes images ahead, in order, while one is searched. Only that one and those ahead are in memory.
/// </summary>
/// <param name="read">Reads an image by its place among the inputs.</param>
/// <param name="ahead">How many images to read ahead; 0: none.</param>
internal sealed class PictureQueue(Func<int, Picture> read, int ahead)
{
    /// <summary>The images, in order; a task fails where its image cannot be read.</summary>
    /// <param name="places">Places among the inputs.</param>
    public IEnumerable<(int Place, Task<Picture> Picture)> Read(IReadOnlyList<int> places)
    {
        var waiting = new Queue<(int, Task<Picture>)>();
        foreach (var place in places)
        {
            waiting.Enqueue((place, Task.Run(() => read(place))));
            if (waiting.Count > ahead)
            {
                yield return waiting.Dequeue();
            }
        }

        while (waiting.TryDequeue(out var next))
        {
            yield return next;
        }
    }
}
