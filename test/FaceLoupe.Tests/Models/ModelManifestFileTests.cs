using System.Globalization;
using System.Text.Json.Nodes;
using FaceLoupe.Models;

namespace FaceLoupe.Tests.Models;

public class ModelManifestFileTests
{
    private static readonly string Json = ModelManifestFile.Format(Manifests.Sound());

    [Fact]
    public void what_is_written_is_read_back()
    {
        var read = ModelManifestFile.Parse(Json, "model.json");

        ModelManifestFile.Format(read).ShouldBe(Json);
        read.Proposals.Branches[0].AnchorSizes.ShouldBe([8, 11.3f, 16, 22.6f]);
        read.Detection.Scales.ShouldBe([new ScaleStep(2, 0, 100), new ScaleStep(1, 40)]);
        read.Training!["steps"]!.GetValue<int>().ShouldBe(100);
    }

    [Fact]
    public void keys_are_camel_case()
    {
        Json.ShouldContain("\"formatVersion\": 1");
        Json.ShouldContain("\"stage1Weight\": 0.5");
        Json.ShouldContain("\"maxFace\": 100");
    }

    [Fact]
    public void defaults_fill_what_may_be_left_out()
    {
        var read = ModelManifestFile.Parse(
            """
            {
              "formatVersion": 1, "name": "n", "version": "1", "created": "2025-01-01T10:00:00Z",
              "proposals": {
                "sha256": "SHA",
                "branches": [ { "stride": 8, "anchorSizes": [16], "scores": "s", "deltas": "d" } ]
              },
              "generator": { "sha256": "SHA", "lowResolution": 12, "highResolution": 48 },
              "discriminator": { "sha256": "SHA", "highResolution": 48 },
              "detection": { "scales": [ { "factor": 1 } ] }
            }
            """.Replace("SHA", new string('0', 64), StringComparison.Ordinal), "model.json");

        read.Proposals.Input.ShouldBe("image");
        read.Context.Factor.ShouldBe(2);
        read.Context.BySize.ShouldBeNull();
        read.Detection.MaxProposals.ShouldBe(600);
        read.Detection.Scales[0].MaxFace.ShouldBeNull();
    }

    [Theory]
    [InlineData("\"name\": \"test\"", "\"name\": \"test\", \"colour\": 1", "colour")]
    [InlineData("\"name\": \"test\"", "\"name\": \"test\", \"name\": \"again\"", "name")]
    [InlineData("\"name\": \"test\",", "", "name")]
    [InlineData("\"name\": \"test\"", "\"name\": null", "name")]
    [InlineData("\"name\": \"test\"", "\"name\": 3", "name")]
    [InlineData("\"proposalNms\": 0.5", "\"proposalNms\": 0.5, \"nms\": 0.5", "nms")]
    [InlineData("\"scales\": [", "\"scales\": [ null,", "detection.scales[0] is null")]
    [InlineData("\"branches\": [", "\"branches\": [ null,", "proposals.branches[0] is null")]
    [InlineData("{", "[", "JSON")]
    public void unknown_missing_double_and_mistyped_keys_are_refused_by_name(
        string old, string replacement, string named)
    {
        var position = Json.IndexOf(old, StringComparison.Ordinal);
        var text = string.Concat(Json.AsSpan(0, position), replacement, Json.AsSpan(position + old.Length));

        var message = Should.Throw<FaceLoupeException>(() => ModelManifestFile.Parse(text, "some/model.json")).Message;

        message.ShouldStartWith("some/model.json: ");
        message.ShouldContain(named);
        message.ShouldNotContain('\n');
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"formatVersion\": \"1\"}")]
    public void other_texts_are_refused_in_one_line(string text) =>
        Should.Throw<FaceLoupeException>(() => ModelManifestFile.Parse(text, "m")).Message.ShouldNotContain('\n');

    [Theory]
    [InlineData("2")]
    [InlineData("0")]
    [InlineData("1.5")]
    [InlineData("99999999999")]
    public void another_format_version_is_reported_before_its_unknown_keys(string version)
    {
        var text = $$"""{ "formatVersion": {{version}}, "novelty": true }""";

        var message = Should.Throw<FaceLoupeException>(() => ModelManifestFile.Parse(text, "m")).Message;

        message.ShouldContain("version " + version);
        message.ShouldNotContain("novelty");
    }

    [Fact]
    public void all_faults_stand_in_one_message()
    {
        var sound = Manifests.Sound();
        var wrong = sound with
        {
            Created = "yesterday",
            Proposals = sound.Proposals with { File = "../secret.onnx", Sha256 = "12", InputShape = [1, 3, 64, 64] },
            Generator = sound.Generator with { HighResolution = 48 },
            Preprocessing = new PreprocessingSection { Channels = "BGR" },
            Context = new ContextSection { Factor = float.NaN, RouteAbove = 0 },
            Detection = sound.Detection with { Scales = [], TileSize = 100, MaxProposals = 0, FinalNms = 1.5f },
        };

        var message = Should.Throw<FaceLoupeException>(() => ModelManifestFile.Format(wrong)).Message;

        foreach (var named in new[]
            {
                "yesterday", "../secret.onnx", "proposals.sha256", "inputShape", "generator.highResolution",
                "discriminator.highResolution", "preprocessing", "context.factor", "routeAbove", "scales", "tileSize",
                "maxProposals", "finalNms",
            })
        {
            message.ShouldContain(named);
        }
    }

    [Fact]
    public void a_tile_whose_pixels_no_array_holds_is_refused()
    {
        var sound = Manifests.Sound();
        var wrong = sound with { Detection = sound.Detection with { TileSize = 131_072 } };

        Should.Throw<FaceLoupeException>(() => ModelManifestFile.Format(wrong)).Message.ShouldContain(
            "detection.tileSize is 131072, above 26754");
    }

    [Theory]
    [InlineData("models", "full")]
    [InlineData("test", "fixtures", "tiny-bundle")]
    public void models_without_a_context_by_size_are_written_as_before(params string[] folder)
    {
        var path = RepositoryRoot.Combine([.. folder, ModelManifestFile.FileName]);

        var written =
            JsonNode.Parse(ModelManifestFile.Format(ModelManifestFile.Read(path)))!["context"]!.ToJsonString();

        written.ShouldBe(JsonNode.Parse(File.ReadAllText(path))!["context"]!.ToJsonString());
    }

    [Fact]
    public void a_context_by_size_is_written_and_read_back()
    {
        var context = new ContextSection
        {
            Factor = 1.5f, BySize = new ContextBySizeSection { From = 10, To = 40, Factor = 2.5f },
        };
        var text = ModelManifestFile.Format(Manifests.Sound() with { Context = context });

        JsonNode.Parse(text)!["context"]!["bySize"]!.ToJsonString().ShouldBe("""{"from":10,"to":40,"factor":2.5}""");
        ModelManifestFile.Parse(text, "m").Context.ShouldBe(context);
    }

    [Theory]
    [InlineData(0, 48, 3)]
    [InlineData(float.NaN, 48, 3)]
    [InlineData(48, 48, 3)]
    [InlineData(12, float.PositiveInfinity, 3)]
    [InlineData(12, 48, 0.5)]
    [InlineData(12, 48, 17)]
    [InlineData(12, 48, float.NaN)]
    public void a_context_by_size_that_makes_no_sense_is_refused_in_one_line(float from, float to, float factor)
    {
        var wrong = Manifests.Sound() with
        {
            Context =
                new ContextSection { BySize = new ContextBySizeSection { From = from, To = to, Factor = factor } },
        };

        Should.Throw<FaceLoupeException>(() => ModelManifestFile.Format(wrong)).Message.ShouldBe(string.Create(
            CultureInfo.InvariantCulture,
            $"test: not a valid model manifest: context.bySize needs 0 < from < to and a factor from 1 to 16, but says "
            + $"from {from}, to {to}, factor {factor}."));
    }

    [Fact]
    public void a_focus_is_written_and_read_back_and_only_where_there_is_one()
    {
        var sound = Manifests.Sound();
        var focus = new FocusSection { Threshold = 0.25f, ConfidentScore = 0.75f, ConfidentSide = 24, Margin = 32 };
        var text = ModelManifestFile.Format(sound with
        {
            Detection = sound.Detection with { Scales = [new ScaleStep(2, 0, 100, focus), new ScaleStep(1, 40)] },
        });

        var scales = JsonNode.Parse(text)!["detection"]!["scales"]!;
        scales[0]!["focus"]!.ToJsonString().ShouldBe("""{"threshold":0.25,"sure":0.75,"sureFace":24,"margin":32}""");
        scales[1]!.AsObject().ContainsKey("focus").ShouldBeFalse();
        var read = ModelManifestFile.Parse(text, "m").Detection;
        read.Scales[0].Focus.ShouldBe(focus);
        read.WithoutFocus().Scales.ShouldBe(sound.Detection.Scales);
    }

    [Fact]
    public void a_focus_that_makes_no_sense_is_refused_with_all_its_faults()
    {
        var sound = Manifests.Sound();
        var focus = new FocusSection { Threshold = 2, ConfidentScore = -1, ConfidentSide = float.NaN, Margin = 640 };
        var wrong = sound with
        {
            Detection = sound.Detection with { Scales = [new ScaleStep(2, 0, 100), new ScaleStep(1, 40, null, focus)] },
        };

        var message = Should.Throw<FaceLoupeException>(() => ModelManifestFile.Format(wrong)).Message;

        foreach (var named in new[]
            {
                "focus.threshold is 2", "focus.sure is -1", "focus.sureFace is NaN",
                "focus.margin is 640, not from 0 to",
                "scales[1].focus has no scale with a smaller factor to go by",
            })
        {
            message.ShouldContain(named);
        }
    }

    [Fact]
    public void a_stride_must_divide_the_size_multiple_and_anchors_must_have_a_size()
    {
        var sound = Manifests.Sound();
        var wrong = sound with
        {
            Proposals = sound.Proposals with
            {
                Branches = [new BranchSection { Stride = 3, AnchorSizes = [0], Scores = "s", Deltas = "" }],
            },
        };

        var message = Should.Throw<FaceLoupeException>(() => ModelManifestFile.Format(wrong)).Message;

        message.ShouldContain("branches[0].stride");
        message.ShouldContain("branches[0].anchorSizes");
        message.ShouldContain("branches[0].deltas");
    }
}
