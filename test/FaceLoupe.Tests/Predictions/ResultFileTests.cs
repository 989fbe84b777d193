using FaceLoupe.Predictions;
using FaceLoupe.Tests.Datasets;

namespace FaceLoupe.Tests.Predictions;

/// <summary>Files of results that were cut off, joined by hand or made by another program.</summary>
public sealed class ResultFileTests : IDisposable
{
    private const string Rows = CsvTable.Header + "\nb.jpg,9,9,1,1,2,3,4,0.9,2.2\nb.jpg,9,9,2,5,2,3,4,0.8,1.4";

    private readonly SmallFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    [InlineData("\r\n")]
    public void the_last_row_of_a_table_counts_with_and_without_a_line_end(string end) =>
        CsvTable.Read(_folder.Write("r.csv", Rows + end)).ShouldHaveSingleItem().Faces.Count.ShouldBe(2);

    [Theory]
    [InlineData("\n\"b.jpg,9,9,3", "row 4: a quotation mark is never closed")]
    [InlineData("\nb.jpg,9,9,3,1", "row 4: expected the 10 columns")]
    public void a_table_that_was_cut_off_is_reported(string end, string reported) =>
        ShouldBeRefused(() => CsvTable.Read(_folder.Write("r.csv", Rows + end)), reported);

    [Theory]
    [InlineData("""{"image": null, "width": 9, "height": 9, "faces": []}""")]
    [InlineData("""{"image": "", "name": "a", "width": 9, "height": 9, "faces": []}""")]
    [InlineData("""{"image": "a\u0000b", "name": "a", "width": 9, "height": 9, "faces": []}""")]
    [InlineData("""{"image": "a.jpg", "name": null, "width": 9, "height": 9, "faces": []}""")]
    [InlineData("""{"image": "a.jpg", "error": 5}""")]
    [InlineData("""{"image": 5, "error": "torn"}""")]
    public void a_row_without_a_path_or_a_reason_is_reported(string row) => ShouldBeRefused(
        () => JsonLines.ReadRows(_folder.Write("r.jsonl", row)).Count().ShouldBe(0),
        "r.jsonl, line 1: expected an image");

    [Theory]
    [InlineData("""{"id": 1, "file_name": "a.jpg", "width": 9, "height": 9, "frame": 0}""", "expected 'frame' with")]
    [InlineData("""
        {"id": 1, "file_name": "a.jpg", "width": 9, "height": 9},
        {"id": 1, "file_name": "b.jpg", "width": 9, "height": 9}
        """, "images 2: the id 1 was given to an image before")]
    public void a_coco_document_that_does_not_fit_is_reported(string images, string reported) => ShouldBeRefused(
        () => CocoFaces.Read(_folder.Write(
            "r.json", $$"""{"images": [{{images}}], "annotations": [], "categories": []}""")),
        reported);

    private static void ShouldBeRefused(Action read, string reported)
    {
        var message = Should.Throw<FaceLoupeException>(read).Message;
        message.ShouldContain(reported);
        message.ShouldNotContain('\n');
    }
}
