using System.Text;
using FaceLoupe.Datasets;
using FaceLoupe.Evaluation;
using FaceLoupe.Evaluation.Fddb;
using FaceLoupe.Evaluation.Matlab;
using FaceLoupe.Models;
using FaceLoupe.Tests.Datasets;
using FaceLoupe.Tests.Evaluation.Matlab;

namespace FaceLoupe.Tests.Hostile;

/// <summary>
/// Every parser of ours on changed files: what they say is one line of ours, never an exception of another kind. The
/// changes are the same in each run; the variable FACELOUPE_FUZZ asks for more than 1,500 of them.
/// </summary>
public sealed class ParserFuzzTests : IDisposable
{
    private readonly SmallFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private static int Count =>
        int.TryParse(Environment.GetEnvironmentVariable("FACELOUPE_FUZZ"), out var count) ? count : 1_500;

    [Fact]
    public void wider_annotations() => Fuzz(
        path => WiderFaceDataset.Read(path, _folder.Images),
        "a.b.png\n2\n1 2 8 9 0 0 0 0 0 0\n-2 30 7 8 1 0 0 0 1 0\nempty.png\n0\n0 0 0 0 0 0 0 0 0 0 \n",
        "sub/ü c.png\r\n1\r\n10 20 30 27\r\n");

    [Fact]
    public void coco_annotations() => Fuzz(
        path => CocoDataset.Read(path, _folder.Images),
        """
        {"images":[{"id":1,"file_name":"a.b.png","width":61,"height":47}],"categories":[{"id":1,"name":"face"}],
        "annotations":[{"id":1,"image_id":1,"category_id":1,"bbox":[1,2,8,9],"iscrowd":0,"segmentation":[[1,2,3,4,5,6]]}]}
        """,
        """{"images":[],"annotations":[]}""");

    [Fact]
    public void voc_annotations() => Fuzz(
        path =>
        {
            Directory.CreateDirectory(_folder.PathOf("voc"));
            File.Copy(path, _folder.PathOf("voc/a.b.xml"), overwrite: true);
            return VocDataset.Read(_folder.PathOf("voc"), _folder.Images);
        },
        """
        <?xml version="1.0" encoding="utf-8"?><annotation><filename>a.b.png</filename>
        <size><width>61</width><height>47</height></size><object><name>face</name><difficult>0</difficult>
        <bndbox><xmin>1</xmin><ymin>2</ymin><xmax>9</xmax><ymax>11</ymax></bndbox></object></annotation>
        """);

    [Fact]
    public void yolo_annotations() => Fuzz(
        path =>
        {
            Directory.CreateDirectory(_folder.PathOf("yolo"));
            File.Copy(path, _folder.PathOf("yolo/a.b.txt"), overwrite: true);
            return YoloDataset.Read(_folder.PathOf("yolo"), _folder.Images);
        },
        "0 0.5 0.5 0.25 0.25\n0 0.1 0.1 0.05 0.05 0.9\n",
        "0 0.1 0.1 0.2 0.1 0.2 0.2 0.1 0.2\n");

    [Fact]
    public void fddb_annotations() => Fuzz(
        path => FddbText.Read(path),
        "2002/08/11/big/img_591\n1\n123.583300 85.549500 1.265839 269.693400 161.781200  1\n",
        "2002/08/26/big/img_265\n3\n10 20 30 40 0.9\n1 2 3 4 0.5\n5 6 7 8 0.1\n");

    [Fact]
    public void predictions() => Fuzz(path => PredictionText.Read(path), "a\n2\n1 2 3 4 0.5\n5 6 7 8 0.25\n", "a\n0\n");

    [Fact]
    public void predictions_of_voc() => Fuzz(path => VocPredictions.Read(path), "a.b 0.9 1 2 3 4\nempty 0.5 5 6 7 8\n");

    [Fact]
    public void manifests() => Fuzz(
        path => ModelManifestFile.Read(path),
        File.ReadAllText(Path.Combine(TinyModel.Folder, ModelManifestFile.FileName)),
        File.ReadAllText(RepositoryRoot.Combine("models", ModelBundle.DefaultName, ModelManifestFile.FileName)));

    [Fact]
    public void matlab_files()
    {
        (string, byte[])[] variables =
        [
            MatlabWriter.Variable("faces", MatlabWriter.Numbers(4, 1, 2, 8, 9, -2, 30, 7, 8)),
            MatlabWriter.Variable("list", MatlabWriter.Cells(
                MatlabWriter.Text("a.b"), MatlabWriter.SmallNumbers(1, 2), MatlabWriter.Nothing)),
            MatlabWriter.Variable("one", MatlabWriter.Structure(("file", MatlabWriter.Text("x")))),
        ];
        Fuzz(
            path =>
            {
                var file = MatlabFile.Parse(File.ReadAllBytes(path), path);
                file.Get<MatlabValue>("faces");
                return file;
            },
            [MatlabWriter.MatFile(false, variables), MatlabWriter.MatFile(true, variables)]);
    }

    private void Fuzz(Func<string, object> read, params string[] corpus) =>
        Fuzz(read, Array.ConvertAll(corpus, Encoding.UTF8.GetBytes));

    private void Fuzz(Func<string, object> read, byte[][] corpus)
    {
        var path = _folder.PathOf("fuzzed");
        var refused = 0;
        for (var seed = 0; seed < Count; seed++)
        {
            File.WriteAllBytes(path, new Mutations(seed).Change(corpus));
            try
            {
                read(path).ShouldNotBeNull();
            }
            catch (FaceLoupeException fault)
            {
                fault.Message.ShouldNotContain('\n', $"seed {seed}");
                refused++;
            }
            catch (Exception fault) when (fault is not ShouldAssertException)
            {
                Assert.Fail($"seed {seed}: {fault}");
            }
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{refused} of {Count} refused");
        refused.ShouldBeGreaterThan(0);
    }
}
