using System.Text.Json;
using FaceLoupe.Models;
using FaceLoupe.Web.Api;

namespace FaceLoupe.Web.Tests.Api;

public sealed class DescriptionTests(LoopbackServer server) : IClassFixture<LoopbackServer>
{
    [Fact]
    public async Task the_models_and_the_limits_are_reported()
    {
        var answer = await server.JsonOfAsync("v1/models");

        var model = answer.GetProperty("models").EnumerateArray().ShouldHaveSingleItem();
        model.GetProperty("name").GetString().ShouldBe("tiny");
        model.GetProperty("threshold").GetDouble().ShouldBe(0.5);
        model.GetProperty("operatingPoints").GetArrayLength().ShouldBe(0); // it was never measured
        var masking = model.GetProperty("masking");
        masking.GetProperty("minScore").GetDouble().ShouldBe(0.5);
        masking.GetProperty("mask").GetString().ShouldBe("pixelate");
        masking.GetProperty("maskScale").GetDouble().ShouldBe(1.3);
        masking.GetProperty("points").GetArrayLength().ShouldBe(0);
        model.GetProperty("sha256").GetProperty("generator").GetString()!.Length.ShouldBe(64);
        model.GetProperty("contextFactor").GetDouble().ShouldBe(2);
        model.TryGetProperty("contextBySize", out _).ShouldBeFalse(); // it has one factor for all
        answer.GetProperty("limits").GetProperty("maxUploadBytes").GetInt64().ShouldBe(64_000_000);
        answer.GetProperty("limits").GetProperty("maxPixels").GetInt64().ShouldBe(100_000_000);
    }

    [Fact]
    public void an_operating_point_names_the_score_to_give()
    {
        var point = new OperatingPoint
        {
            Recall = 0.9f, Threshold = 0.12345f, FalseAlarmsPerPicture = 1.234f, MeasuredOn = "masks/val",
        };

        OperatingPointEntry.Of(point).ShouldBe(new OperatingPointEntry(0.1234m, 0.9m, 1.23m, "masks/val"));
    }

    [Fact]
    public void a_context_that_goes_with_the_size_is_reported()
    {
        var section = new ContextBySizeSection { From = 12, To = 48, Factor = 2.5f };

        ContextBySizeEntry.Of(section).ShouldBe(new ContextBySizeEntry(12, 48, 2.5m));
        ContextBySizeEntry.Of(null).ShouldBeNull();
    }

    [Fact]
    public async Task the_openapi_document_describes_every_endpoint()
    {
        var document = await server.JsonOfAsync("openapi/v1.json");

        document.GetProperty("openapi").GetString()!.ShouldStartWith("3.");
        var paths = document.GetProperty("paths");
        paths.EnumerateObject().Select(path => path.Name)
            .ShouldBe(["/v1/detect", "/v1/blur", "/v1/crops", "/v1/models"], ignoreOrder: true);
        var detect = paths.GetProperty("/v1/detect").GetProperty("post");
        detect.GetProperty("parameters").EnumerateArray().Select(parameter => parameter.GetProperty("name").GetString())
            .ShouldBe(["minScore", "stages", "landmarks", "stream", "strict"]);
        detect.GetProperty("requestBody").GetProperty("content").EnumerateObject().Select(content => content.Name)
            .ShouldContain("multipart/form-data");
        detect.GetProperty("responses").EnumerateObject().Select(response => response.Name)
            .ShouldBe(["200", "400", "408", "413", "415", "429", "503", "504"], ignoreOrder: true);
        var face = document.GetProperty("components").GetProperty("schemas").GetProperty("FaceEntry");
        face.GetProperty("properties").TryGetProperty("stage2Score", out _).ShouldBeTrue();
    }

    [Fact]
    public async Task the_explorer_comes_from_this_server_alone()
    {
        var page = await server.Client.GetStringAsync("docs/");

        page.ShouldContain("openapi");
        page.ShouldNotContain("https://");
        page.ShouldNotContain("//cdn");
        using var script = await server.Client.GetAsync("docs/scalar.js");
        script.IsSuccessStatusCode.ShouldBeTrue();
    }
}
