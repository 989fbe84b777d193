namespace FaceLoupe.Datasets;

/// <summary>Gathers oddities while a file is read; keeps the first few places of each and counts the rest.</summary>
internal sealed class AnnotationNotes
{
    private readonly SortedDictionary<AnnotationOddity, (int Count, List<string> Examples)> met = [];

    public void Add(AnnotationOddity oddity, string place)
    {
        var (count, examples) = met.TryGetValue(oddity, out var known) ? known : (0, []);
        if (examples.Count < AnnotationNote.MaxExamples)
        {
            examples.Add(place);
        }

        met[oddity] = (count + 1, examples);
    }

    public IReadOnlyList<AnnotationNote> ToList() =>
        [.. met.Select(entry => new AnnotationNote(entry.Key, entry.Value.Count, entry.Value.Examples))];
}
