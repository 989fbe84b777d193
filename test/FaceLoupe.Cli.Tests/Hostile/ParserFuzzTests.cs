using System.Text;
using FaceLoupe.Cli.Detection.Formats;
using FaceLoupe.Cli.Video;
using FaceLoupe.Tests.Hostile;

namespace FaceLoupe.Cli.Tests.Hostile;

/// <summary>The command's own parsers on changed files: one line of ours, never an exception of another kind.</summary>
public sealed class ParserFuzzTests : IDisposable
{
    private const int Count = 1_500;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("faceloupe-fuzz-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void frames_of_a_video()
    {
        byte[][] corpus = [[.. "P6\n2 1\n255\n"u8, 1, 2, 3, 4, 5, 6, .. "P6 1 1 255 "u8, 10, 13, 32]];
        for (var seed = 0; seed < Count; seed++)
        {
            using var stream = new MemoryStream(new Mutations(seed).Change(corpus));
            try
            {
                PpmStream.Read(stream).Count().ShouldBeLessThan(500);
            }
            catch (InvalidDataException)
            {
            }
            catch (Exception fault) when (fault is not ShouldAssertException)
            {
                Assert.Fail($"seed {seed}: {fault}");
            }
        }
    }

    [Fact]
    public void json_lines() => Fuzz(
        JsonLines.Read,
        """{"image":"a.png","width":9,"height":8,"faces":[{"x":1,"y":2,"width":3,"height":4,"score":0.5,"logit":0}]}""" + "\n",
        """{"image":"a.mp4","frame":3,"time":0.12,"width":9,"height":8,"damaged":true,"faces":[]}""" + "\n"
            + """{"image":"b.png","error":"b.png: the file is empty"}""" + "\n");

    [Fact]
    public void json_documents() => Fuzz(
        DetectionDocument.Read,
        """
        {"schemaVersion":1,"model":"tiny 1.0.0","threshold":0.5,"images":[{"image":"a.png","width":9,"height":8,
        "faces":[{"x":1,"y":2,"width":3,"height":4,"score":0.5,"logit":0}]}],"errors":[]}
        """);

    [Fact]
    public void coco_documents() => Fuzz(
        CocoFaces.Read,
        """
        {"images":[{"id":1,"file_name":"a.png","path":"a.png","width":9,"height":8}],"annotations":[{"id":1,"image_id":1,
        "category_id":1,"bbox":[1,2,3,4],"area":12,"iscrowd":0,"score":0.5}],"categories":[{"id":1,"name":"face"}]}
        """);

    [Fact]
    public void tables() => Fuzz(
        CsvTable.Read,
        CsvTable.Header + "\n\"a, \"\"b\"\".png\",9,8,1,1,2,3,4,0.5,0\nb.png,9,8,0,,,,,,\n",
        CsvTable.HeaderWithFrames + "\na.mp4,9,8,1,1,2,3,4,0.5,0,3,0.12\n");

    private void Fuzz(Func<string, object> read, params string[] corpus)
    {
        var path = Path.Combine(_folder.FullName, "fuzzed");
        byte[][] files = Array.ConvertAll(corpus, Encoding.UTF8.GetBytes);
        for (var seed = 0; seed < Count; seed++)
        {
            File.WriteAllBytes(path, new Mutations(seed).Change(files));
            try
            {
                read(path).ShouldNotBeNull();
            }
            catch (FaceLoupeException fault)
            {
                fault.Message.ShouldNotContain('\n', $"seed {seed}");
            }
            catch (Exception fault) when (fault is not ShouldAssertException)
            {
                Assert.Fail($"seed {seed}: {fault}");
            }
        }
    }
}
