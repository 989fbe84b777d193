using System.Globalization;
using FaceLoupe.Geometry;
using FaceLoupe.Imaging;
using FaceLoupe.Models;
using FaceLoupe.Proposals;
using static FaceLoupe.Tests.TinyModel;

namespace FaceLoupe.Tests;

public sealed class FaceLoupeDetectorTests : IDisposable
{
    private static readonly Box Small = Square(8, 5, 6);
    private static readonly Box Medium = Square(16, 8, 3);
    private static readonly Box Large = Square(32, 8, 3);
    private static readonly Box Fake = Square(16, 5, 12);

    // Wider than a tile; three faces and one square that only the first stage takes for a face.
    private static readonly Picture Crowd = Scene(
        200, 150, (Small, White), (Medium, White), (Large, White), (Fake, Cyan));

    private static readonly DetectorOptions FirstStageOnly = new() { Stages = DetectionStages.ProposalsOnly };

    private readonly ModelBundle _bundle = Open();

    public void Dispose() => _bundle.Dispose();

    [Fact]
    public void faces_of_all_sizes_are_found_moved_and_impostors_rejected()
    {
        var found = new FaceLoupeDetector(_bundle).Detect(Crowd);

        (found.Width, found.Height).ShouldBe((200, 150));
        found.Faces.Count.ShouldBe(3);
        foreach (var square in new[] { Small, Medium, Large })
        {
            // The tiny model's second stage moves boxes by a twentieth of their width.
            found.Faces.Count(face => Overlap.IoU(face.Box, square.Translate(square.Width / 20, 0)) > 0.99f).ShouldBe(
                1);
        }

        found.Faces.ShouldAllBe(face => face.Score > 0.5f && face.Stage1Score > 0.9f && face.Stage2Score > 0.5f);
        found.Faces.Select(face => face.Logit).ShouldBe(found.Faces.Select(face => face.Logit).OrderDescending());
    }

    [Fact]
    public void scores_are_fused_as_the_model_says()
    {
        var fusion = new FusionSection { Stage1Weight = 0.3f, Stage2Weight = 0.6f, Bias = 0.1f };
        var detection = _bundle.Manifest.Detection with { Fusion = fusion };

        var faces = new FaceLoupeDetector(_bundle, new DetectorOptions { Detection = detection }).Detect(Crowd).Faces;

        foreach (var face in faces)
        {
            face.Logit.ShouldBe((0.3f * face.Proposal.Logit) + (0.6f * face.Stage2Logit!.Value) + 0.1f, 1e-4f);
        }
    }

    [Fact]
    public void only_candidates_in_the_band_go_through_the_second_stage()
    {
        var all = new FaceLoupeDetector(_bundle, new DetectorOptions { MinScore = 0 }).Detect(Crowd);
        var confident = all.Proposals.Select(proposal => proposal.Score).OrderDescending().ElementAt(1);
        var band = new Stage2BandSection { Low = 0.2f, High = confident, Slope = 0.5f, Offset = 3 };
        var detection = _bundle.Manifest.Detection with { Stage2Band = band };

        var found = new FaceLoupeDetector(
            _bundle, new DetectorOptions { Detection = detection, MinScore = 0 }).Detect(Crowd);

        found.Proposals.ShouldBe(all.Proposals);
        foreach (var face in found.Faces)
        {
            var looked = face.Proposal.Score >= 0.2f && face.Proposal.Score <= confident;
            (face.Stage2Logit is not null).ShouldBe(looked);
            if (!looked)
            {
                face.Box.ShouldBe(face.Proposal.Box);
                face.Logit.ShouldBe(
                    (0.5f * face.Proposal.Logit) + (0.5f * ((0.5f * face.Proposal.Logit) + 3)), 1e-4f);
            }
        }

        found.Faces.ShouldContain(face => face.Stage2Logit == null);
        found.Faces.ShouldContain(face => face.Stage2Logit != null);
    }

    [Fact]
    public void a_band_around_everything_changes_nothing()
    {
        var options = new DetectorOptions { MinScore = 0 };
        var detection = _bundle.Manifest.Detection with { Stage2Band = new Stage2BandSection() };

        new FaceLoupeDetector(_bundle, options with { Detection = detection }).Detect(Crowd).Faces.Select(Text)
            .ShouldBe(new FaceLoupeDetector(_bundle, options).Detect(Crowd).Faces.Select(Text));
    }

    [Fact]
    public void the_whole_image_is_searched_on_request()
    {
        var detection = _bundle.Manifest.Detection;
        var focused = new DetectorOptions
        {
            Detection = detection with
            {
                Scales = [detection.Scales[0] with { Focus = new FocusSection { Margin = 8 } }, detection.Scales[1]],
            },
        };

        // The smaller size does not see the smallest face, so nobody looks for it closer.
        Found(focused).ShouldNotContain(face => face.Proposal.Box.LongerSide < 12);
        new FaceLoupeDetector(_bundle, focused).Detection.Scales.ShouldContain(step => step.Focus != null);
        new FaceLoupeDetector(_bundle, focused with { FullSearch = true }).Detection.Scales
            .ShouldAllBe(step => step.Focus == null);
        Found(focused with { FullSearch = true }).Select(Text).ShouldBe(Found(new DetectorOptions()).Select(Text));

        IReadOnlyList<Face> Found(DetectorOptions options) =>
            new FaceLoupeDetector(_bundle, options).Detect(Crowd).Faces;
    }

    [Fact]
    public void a_smallest_face_wanted_makes_less_to_look_at()
    {
        var detector = new FaceLoupeDetector(_bundle, new DetectorOptions { MinFace = 24 });
        var found = detector.Detect(Crowd);

        // What was used is what is reported.
        detector.Detection.Scales.ShouldHaveSingleItem().Factor.ShouldBeLessThan(1);
        found.Faces.ShouldHaveSingleItem().Proposal.Box.LongerSide.ShouldBe(32, 2);
    }

    [Theory]
    [InlineData(Device.Cuda, "CUDAExecutionProvider", "Microsoft.ML.OnnxRuntime.Gpu")]
    [InlineData(Device.DirectML, "DmlExecutionProvider", "DirectML")]
    [InlineData(Device.CoreML, "CoreMLExecutionProvider", "macOS")]
    public void a_device_that_is_not_there_is_reported_and_the_processor_takes_over(
        Device device, string provider, string needs)
    {
        using var detector = FaceLoupeDetector.Load(Folder, new DetectorOptions { Device = device, Threads = 1 });
        if (detector.DeviceNote is null)
        {
            Assert.Skip($"{device} is available here.");
        }

        detector.DeviceNote.ShouldContain(needs);
        detector.DeviceNote.ShouldContain(provider);
        detector.DeviceNote.ShouldNotContain("\n");
        detector.Detect(Crowd).Faces.Count.ShouldBe(3);
        Should.Throw<FaceLoupeException>(() => FaceLoupeDetector.Load(
            Folder, new DetectorOptions { Device = device, DeviceRequired = true })).Message.ShouldBe(
                detector.DeviceNote);
    }

    [Fact]
    public void the_processor_needs_no_note()
    {
        using var detector = FaceLoupeDetector.Load(Folder, new DetectorOptions { DeviceRequired = true, Threads = 1 });
        detector.DeviceNote.ShouldBeNull();
    }

    [Fact]
    public void regions_that_skip_the_generator_may_have_weights_of_their_own()
    {
        var fusion = new FusionSection { Bias = 100, Native = new FusionSection { Bias = 200 } };
        var manifest = _bundle.Manifest;
        var detection = manifest.Detection with { Fusion = fusion };

        var faces = new FaceLoupeDetector(_bundle, new DetectorOptions { Detection = detection }).Detect(Crowd).Faces;

        var limit = manifest.Context.RouteAbove!.Value / manifest.Context.Factor;
        foreach (var face in faces)
        {
            face.Logit.ShouldBeInRange(
                face.Proposal.Box.LongerSide >= limit ? 150 : 50, face.Proposal.Box.LongerSide >= limit ? 250 : 150);
        }

        faces.ShouldContain(face => face.Logit < 150);
        faces.ShouldContain(face => face.Logit > 150);
    }

    [Fact]
    public void the_second_stages_delta_can_be_followed_in_part()
    {
        var detection = _bundle.Manifest.Detection with { Fusion = new FusionSection { DeltaWeight = 0 } };

        var faces = new FaceLoupeDetector(_bundle, new DetectorOptions { Detection = detection }).Detect(Crowd).Faces;

        faces.ShouldAllBe(face => Overlap.IoU(face.Box, face.Proposal.Box) > 0.999f);
    }

    [Fact]
    public void the_first_stage_alone_reports_its_proposals()
    {
        var found = new FaceLoupeDetector(_bundle, FirstStageOnly).Detect(Crowd);

        found.Faces.Count.ShouldBe(4);
        found.Faces.ShouldAllBe(face => face.Stage2Logit == null && face.Stage2Score == null);
        found.Faces.ShouldAllBe(face => face.Box == face.Proposal.Box);
        found.Faces.ShouldContain(face => face.Box == Fake);
        found.Times.Generator.ShouldBe(TimeSpan.Zero);
    }

    [Fact]
    public void the_proposals_are_reported_beside_the_faces()
    {
        var both = new FaceLoupeDetector(_bundle).Detect(Crowd);
        var alone = new FaceLoupeDetector(_bundle, FirstStageOnly).Detect(Crowd);

        both.Proposals.ShouldBe(alone.Proposals);
        both.Proposals.Count.ShouldBeGreaterThanOrEqualTo(4);
        both.Times.Discriminator.ShouldBeGreaterThan(TimeSpan.Zero);
        both.Times.Total.ShouldBeGreaterThan(both.Times.Proposals);
    }

    [Fact]
    public void a_lower_least_score_lets_more_through()
    {
        var all = new FaceLoupeDetector(_bundle, new DetectorOptions { MinScore = 0 });
        var none = new FaceLoupeDetector(_bundle, new DetectorOptions { MinScore = 1 });

        all.Detect(Crowd).Faces.Count.ShouldBeGreaterThanOrEqualTo(4);
        none.Detect(Crowd).Faces.ShouldBeEmpty();
        new FaceLoupeDetector(_bundle).MinScore.ShouldBe(0.5f);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(1024)]
    public void the_batch_size_changes_nothing(int batchSize)
    {
        var all = new DetectorOptions { MinScore = 0 };
        var expected = new FaceLoupeDetector(_bundle, all).Detect(Crowd).Faces;
        var actual = new FaceLoupeDetector(_bundle, all with { BatchSize = batchSize }).Detect(Crowd).Faces;

        actual.Select(Text).ShouldBe(expected.Select(Text));
    }

    [Fact]
    public void many_threads_may_share_a_detector()
    {
        var detector = new FaceLoupeDetector(_bundle);
        var other = Scene(90, 90, (Medium.Translate(-32, 0), White));
        string[] crowd = [.. detector.Detect(Crowd).Faces.Select(Text)];
        string[] one = [.. detector.Detect(other).Faces.Select(Text)];

        Parallel.For(0, 40, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i =>
            detector.Detect(i % 2 == 0 ? Crowd : other).Faces.Select(Text).ShouldBe(i % 2 == 0 ? crowd : one));
    }

    [Fact]
    public void any_source_may_propose()
    {
        var source = new FixedSource(
            new Proposal(new Box(-1e9f, 0, 2e9f, 5), 9), // far outside and thin
            new Proposal(new Box(500, 500, 20, 20), 9), // nowhere in the image
            new Proposal(Small, -9), // below the threshold
            new Proposal(Large, 1),
            new Proposal(Medium, 2));

        var found = new FaceLoupeDetector(_bundle, proposals: source).Detect(Crowd, "some/picture.jpg");

        source.Asked.ShouldBe("some/picture.jpg");
        found.Proposals.Select(proposal => proposal.Box).ShouldBe([new Box(0, 0, 200, 5), Medium, Large]);
        found.Faces.Count(face => face.Proposal.Box == Medium || face.Proposal.Box == Large).ShouldBe(2);
    }

    [Fact]
    public void files_are_read_and_their_names_reach_the_source()
    {
        var folder = Directory.CreateTempSubdirectory("faceloupe-detect-");
        try
        {
            var path = Path.Combine(folder.FullName, "crowd.png");
            PictureFile.Write(Crowd, path);
            using var detector = FaceLoupeDetector.Load(Folder, new DetectorOptions { Threads = 1 });

            var found = detector.Detect(path);

            found.Faces.Count.ShouldBe(3);
            found.Times.Decode.ShouldBeGreaterThan(TimeSpan.Zero);
            Should.Throw<UnreadablePictureException>(() => detector.Detect(Path.Combine(folder.FullName, "none.jpg")));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void impossible_options_are_reported_at_once()
    {
        var options = new DetectorOptions
        {
            MinScore = float.NaN,
            Stages = 0,
            BatchSize = 0,
            Threads = -1,
            MinFace = float.NaN,
            Device = (Device)9,
            Detection = _bundle.Manifest.Detection with { Scales = [] },
        };

        var message = Should.Throw<FaceLoupeException>(() => new FaceLoupeDetector(_bundle, options)).Message;

        foreach (var named in new[] { "MinScore", "Stages", "BatchSize", "Threads", "MinFace", "Device", "scales" })
        {
            message.ShouldContain(named);
        }
    }

    [Fact]
    public void a_disposed_detector_says_so()
    {
        var detector = FaceLoupeDetector.Load(Folder, new DetectorOptions { Threads = 1 });
        detector.Dispose();
        detector.Dispose();
        Named(() => detector.Detect(Crowd)).ShouldBe(typeof(FaceLoupeDetector).FullName);
        Named(() => detector.DetectManyAsync([])).ShouldBe(typeof(FaceLoupeDetector).FullName);

        // One that was handed in is known by its own name.
        var bundle = Open();
        using var borrower = new FaceLoupeDetector(bundle);
        bundle.Dispose();
        Named(() => borrower.Detect(Crowd)).ShouldBe(typeof(ModelBundle).FullName);

        static string Named(Func<object> use) => Should.Throw<ObjectDisposedException>(() => use()).ObjectName;
    }

    [Fact]
    public async Task a_detector_that_is_disposed_meanwhile_is_no_fault_of_a_picture()
    {
        using var folder = new Datasets.TemporaryFolder();
        PictureFile.Write(Crowd, folder.Path("a.png"));
        var detector = FaceLoupeDetector.Load(Folder, new DetectorOptions { Threads = 1 });
        var results = detector.DetectManyAsync([folder.Path("a.png")]);
        detector.Dispose();

        await Should.ThrowAsync<ObjectDisposedException>(
            async () => await results.GetAsyncEnumerator().MoveNextAsync());
    }

    [Fact]
    public void a_cancelled_call_stops()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        Should.Throw<OperationCanceledException>(() =>
            new FaceLoupeDetector(_bundle).Detect(Crowd, cancellationToken: cancelled.Token));
    }

    private static string Text(Face face) => string.Create(
        CultureInfo.InvariantCulture,
        $"{face.Box.X:0.0} {face.Box.Y:0.0} {face.Box.Width:0.0} {face.Box.Height:0.0} {face.Logit:0.00} "
            + $"{face.Stage2Logit:0.00}");

    private sealed class FixedSource(params Proposal[] proposals) : IProposalSource
    {
        public string? Asked { get; private set; }

        public IReadOnlyList<Proposal> Propose(
            Picture picture, string name, CancellationToken cancellationToken = default)
        {
            Asked = name;
            return proposals;
        }
    }
}
