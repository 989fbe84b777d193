using FaceLoupe.Training.Configuration;
using FaceLoupe.Training.Tests.Runs;

namespace FaceLoupe.Training.Tests.Configuration;

public sealed class ConfigFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void without_a_file_every_option_has_its_default()
    {
        var options = ConfigFile.Load<SampleOptions>(null, []);
        options.Seed.ShouldBe(7);
        options.Proposals.AnchorSizes.ShouldBe([8, 11.3, 16]);
    }

    [Fact]
    public void missing_keys_keep_their_defaults_and_comments_and_trailing_commas_are_allowed()
    {
        var options = Load("""
            {
              // The paper's order.
              "proposals": { "order": "shuffled", /* whole folder */ "folder": "data", },
            }
            """);
        options.Seed.ShouldBe(7);
        options.Proposals.Order.ShouldBe(SampleOrder.Shuffled);
        options.Proposals.Folder.ShouldBe("data");
        options.Proposals.LearningRate.ShouldBe(1e-4);
    }

    [Fact]
    public void overrides_replace_values_of_the_file_and_may_add_groups()
    {
        var options = Load(
            """{ "seed": 3 }""", "proposals.learningRate=1e-3", "proposals.folder=/some/where", "seed=4",
            "proposals.anchorSizes=[4, 5]");
        options.Seed.ShouldBe(4);
        options.Proposals.LearningRate.ShouldBe(1e-3);
        options.Proposals.Folder.ShouldBe("/some/where");
        options.Proposals.AnchorSizes.ShouldBe([4, 5]);
    }

    [Fact]
    public void an_override_can_set_lists_of_groups_and_null()
    {
        var options = Load(
            """{ "proposals": { "folder": "x" } }""", """sources=[{"path":"a","weight":2}]""", "proposals.folder=null");
        options.Sources.ShouldBe([new SampleSource("a", 2)]);
        options.Proposals.Folder.ShouldBeNull();
    }

    [Theory]
    [InlineData("""{ "proposals": { "learnRate": 1 } }""", "proposals.learnRate", "proposals.learningRate")]
    [InlineData("""{ "sede": 1 }""", "sede", "seed")]
    [InlineData("""{ "Seed": 1 }""", "Seed", "seed")]
    [InlineData("""{ "sources": [{ "path": "a" }, { "path": "b", "weigth": 1 }] }""", "sources[1].weigth", "sources")]
    [InlineData("""{ "named": { "any": { "path": "a", "size": 1 } } }""", "named.any.size", "named")]
    [InlineData("""{ "computed": 14 }""", "computed", "")]
    public void an_unknown_key_is_refused_with_its_place_and_the_nearest_known_ones(
        string json, string key, string meant)
    {
        var fault = Should.Throw<FaceLoupeException>(() => Load(json));
        fault.Message.ShouldStartWith(folder.Of("config.json") + ": unknown key " + key + ";");
        fault.Message.Split("did you mean")[1].ShouldContain(meant, Case.Sensitive);
        fault.Message.ShouldNotContain("\n");
    }

    [Fact]
    public void several_unknown_keys_are_reported_at_once()
    {
        var fault = Should.Throw<FaceLoupeException>(() => Load("""{ "a": 1, "proposals": { "b": 2 } }"""));
        fault.Message.ShouldContain("unknown key a;");
        fault.Message.ShouldContain("unknown key proposals.b;");
    }

    [Fact]
    public void an_override_of_an_unknown_key_is_refused_with_the_nearest_ones()
    {
        var fault = Should.Throw<FaceLoupeException>(() => Load("{}", "proposals.rate=1"));
        fault.Message.ShouldStartWith("--set proposals.rate=1: unknown key proposals.rate");
        fault.Message.ShouldContain("; did you mean proposals.learningRate or ");
        fault.Message.ShouldNotContain("anchorSizes");
    }

    [Theory]
    [InlineData("seed")]
    [InlineData("=4")]
    [InlineData("seed.deeper=1")]
    [InlineData("seed.=1")]
    [InlineData("""sources=[{"path":"a","size":2}]""")]
    public void a_malformed_override_is_refused(string text) =>
        Should.Throw<FaceLoupeException>(() => Load("{}", text)).Message.ShouldStartWith($"--set {text}: ");

    [Theory]
    [InlineData("""{ "seed": "many" }""", "seed")]
    [InlineData("""{ "proposals": { "order": "backwards" } }""", "proposals.order")]
    [InlineData("""{ "proposals": { "order": 1 } }""", "proposals.order")]
    [InlineData("""{ "proposals": null }""", "proposals")]
    public void a_value_of_a_wrong_kind_is_refused_with_its_key(string json, string key)
    {
        var fault = Should.Throw<FaceLoupeException>(() => Load(json));
        fault.Message.ShouldContain(key);
        fault.Message.ShouldNotContain("\n");
    }

    [Theory]
    [InlineData("""{ "sources": [null] }""", "sources[0] must not be null; leave it out.")]
    [InlineData("""{ "named": { "crowd": null } }""", "named.crowd must not be null; leave it out.")]
    [InlineData("""{ "proposals": { "learningRate": 1e999 } }""",
        "proposals.learningRate must be a finite number, was Infinity.")]
    [InlineData("""{ "proposals": { "anchorSizes": [1e999] } }""",
        "proposals.anchorSizes[0] must be a finite number, was Infinity.")]
    public void null_in_lists_and_infinite_numbers_are_refused(string json, string said) =>
        Should.Throw<FaceLoupeException>(() => Load(json)).Message.ShouldBe($"{folder.Of("config.json")}: {said}");

    [Theory]
    [InlineData("""{ "seed": "many" }""", "seed: a whole number was expected.")]
    [InlineData("""{ "seed": 1.5 }""", "seed: a whole number was expected.")]
    [InlineData("""{ "proposals": { "learningRate": "NaN" } }""", "proposals.learningRate: a number was expected.")]
    [InlineData("""{ "proposals": { "order": "backwards" } }""",
        "proposals.order: one of inTurn, shuffled was expected.")]
    [InlineData("""{ "proposals": null }""", "proposals: null was given; leave it out to keep its default.")]
    [InlineData("""{ "proposals": { "anchorSizes": 5 } }""", "proposals.anchorSizes: a list was expected.")]
    public void a_wrong_kind_of_value_is_reported_in_terms_of_json(string json, string said) =>
        Should.Throw<FaceLoupeException>(() => Load(json)).Message.ShouldBe($"{folder.Of("config.json")}: {said}");

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{ \"seed\": }")]
    [InlineData("{ \"seed\": 1, \"seed\": 2 }")]
    public void a_file_that_is_no_object_is_refused_with_its_name(string json) =>
        Should.Throw<FaceLoupeException>(() => Load(json)).Message.ShouldStartWith(folder.Of("config.json") + ": ");

    [Fact]
    public void a_missing_file_is_refused_with_its_name() =>
        Should.Throw<FaceLoupeException>(() => ConfigFile.Load<SampleOptions>(folder.Of("none.json"), []))
            .Message.ShouldContain("none.json");

    [Fact]
    public void all_faults_are_reported_in_one_message()
    {
        var fault = Should.Throw<FaceLoupeException>(() => Load(
            """
            { "seed": -1, "proposals": { "learningRate": 0 },
              "sources": [{ "path": "a" }, { "path": "b", "weight": -2 }],
              "named": { "crowd": { "path": "c", "weight": -3 } } }
            """));
        fault.Message.ShouldBe(folder.Of("config.json") + ": seed must be 0 or more, was -1; "
            + "proposals.learningRate must be above 0, was 0; sources[1].weight must be 0 or more, was -2; "
            + "named.crowd.weight must be 0 or more, was -3.");
    }

    [Fact]
    public void a_saved_file_is_complete_and_loads_unchanged()
    {
        var options = ConfigFile.Load<SampleOptions>(null, ["proposals.order=shuffled", """sources=[{"path":"a"}]"""]);
        ConfigFile.Save(options, folder.Of("saved.json"));
        File.ReadAllText(folder.Of("saved.json")).ShouldContain("\"learningRate\": 0.0001");
        var loaded = ConfigFile.Load<SampleOptions>(folder.Of("saved.json"), []);
        loaded.Proposals.Order.ShouldBe(SampleOrder.Shuffled);
        loaded.Sources.ShouldBe(options.Sources);
    }

    private SampleOptions Load(string json, params string[] overrides) =>
        ConfigFile.Load<SampleOptions>(folder.File("config.json", json), overrides);
}
