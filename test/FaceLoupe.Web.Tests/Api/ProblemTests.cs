using System.Net;
using System.Text;
using System.Text.Json;
using FaceLoupe.Imaging;
using static FaceLoupe.Web.Tests.LoopbackServer;

namespace FaceLoupe.Web.Tests.Api;

/// <summary>Every fault is reported as problem details that a program and a person can act on.</summary>
public sealed class ProblemTests(LoopbackServer server) : IClassFixture<LoopbackServer>
{
    private static readonly byte[] Text = Encoding.UTF8.GetBytes("These are words, and there are quite a few of them.");

    [Theory]
    [InlineData("v1/detect")]
    [InlineData("v1/detect?stream=true")]
    [InlineData("v1/blur")]
    [InlineData("v1/crops")]
    public async Task what_is_no_picture_is_unsupported(string path)
    {
        var problem = await ProblemOfAsync(
            path, Form(Text, "words.txt"), HttpStatusCode.UnsupportedMediaType, "not-a-picture");

        problem.GetProperty("detail").GetString()!.ShouldContain("words.txt");
    }

    [Fact]
    public async Task a_format_that_is_not_read_is_named()
    {
        var problem = await ProblemOfAsync(
            "v1/detect",
            Body([.. "II*\0"u8, .. new byte[50]], "image/tiff"),
            HttpStatusCode.UnsupportedMediaType,
            "not-a-picture");

        problem.GetProperty("detail").GetString()!.ShouldContain("TIFF");
    }

    [Fact]
    public Task an_empty_file_is_bad() =>
        ProblemOfAsync("v1/detect", Form([]), HttpStatusCode.BadRequest, "bad-picture");

    [Fact]
    public Task an_empty_body_is_bad() =>
        ProblemOfAsync("v1/detect", Body([]), HttpStatusCode.BadRequest, "bad-picture");

    [Fact]
    public Task a_picture_that_is_cut_short_is_bad() =>
        ProblemOfAsync("v1/detect", Form(Scenes.CrowdPng[..^60]), HttpStatusCode.BadRequest, "bad-picture");

    [Fact]
    public Task a_form_without_a_file_is_bad() => ProblemOfAsync(
        "v1/detect",
        new MultipartFormDataContent { { new StringContent("x"), "boxes" } },
        HttpStatusCode.BadRequest,
        "bad-picture");

    [Fact]
    public async Task a_form_that_breaks_off_is_bad()
    {
        var form = new ByteArrayContent(
            "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\nabc"u8.ToArray());
        form.Headers.TryAddWithoutValidation("Content-Type", "multipart/form-data; boundary=x");

        await ProblemOfAsync("v1/detect", form, HttpStatusCode.BadRequest, "bad-parameter");
    }

    [Fact]
    public Task another_content_type_is_unsupported() => ProblemOfAsync(
        "v1/detect",
        new StringContent("{}", Encoding.UTF8, "application/json"),
        HttpStatusCode.UnsupportedMediaType,
        "not-a-picture");

    [Theory]
    [InlineData("v1/detect?minScore=2", "from 0 to 1")]
    [InlineData("v1/detect?minScore=NaN", "from 0 to 1")]
    [InlineData("v1/detect?minScore=0,5", "from 0 to 1")]
    [InlineData("v1/detect?minScore=", "from 0 to 1")]
    [InlineData("v1/detect?stages=3", "1 or 2")]
    [InlineData("v1/detect?stream=perhaps", "true or false")]
    [InlineData("v1/detect?min_score=0.5", "minScore, stages, landmarks, stream")]
    [InlineData("v1/detect?stages=1&stages=2", "2 times")]
    [InlineData("v1/blur?format=tiff", "jpeg or png or webp")]
    [InlineData("v1/crops?stages=1", "takes none")]
    public async Task a_parameter_that_is_not_understood_is_reported(string path, string reported)
    {
        var problem = await ProblemOfAsync(path, Form(Scenes.CrowdPng), HttpStatusCode.BadRequest, "bad-parameter");

        problem.GetProperty("detail").GetString()!.ShouldContain(reported);
    }

    [Theory]
    [InlineData("boxes", "not json", "JSON array")]
    [InlineData("boxes", "[{\"x\":1}]", "JSON array")]
    [InlineData("boxes", "null", "JSON array")]
    [InlineData("boxes", "[{\"x\":900,\"y\":1,\"width\":5,\"height\":5}]", "not within 200x150")]
    [InlineData("box", "[]", "no field 'box'")]
    public async Task boxes_that_are_not_understood_are_reported(string field, string value, string reported)
    {
        var problem = await ProblemOfAsync(
            "v1/crops", Form(Scenes.CrowdPng, "crowd.png", (field, value)), HttpStatusCode.BadRequest, "bad-parameter");

        problem.GetProperty("detail").GetString()!.ShouldContain(reported);
    }

    [Fact]
    public async Task too_many_boxes_are_reported()
    {
        var boxes = $"[{string.Join(',', Enumerable.Repeat("{\"x\":1,\"y\":1,\"width\":5,\"height\":5}", 65))}]";

        var problem = await ProblemOfAsync(
            "v1/crops", Form(Scenes.CrowdPng, "a.png", ("boxes", boxes)), HttpStatusCode.BadRequest, "bad-parameter");

        problem.GetProperty("detail").GetString()!.ShouldContain("64");
    }

    [Fact]
    public async Task crops_want_boxes() =>
        await ProblemOfAsync("v1/crops", Form(Scenes.CrowdPng), HttpStatusCode.BadRequest, "bad-parameter");

    [Fact]
    public async Task an_address_without_anything_is_not_found()
    {
        using var answer = await server.Client.GetAsync("v1/nothing");

        await ShouldBeProblemAsync(answer, HttpStatusCode.NotFound, "not-found");
    }

    [Fact]
    public async Task another_method_is_not_allowed()
    {
        using var answer = await server.Client.GetAsync("v1/detect");

        await ShouldBeProblemAsync(answer, HttpStatusCode.MethodNotAllowed, "method-not-allowed");
    }

    [Fact]
    public async Task more_bytes_than_the_limit_are_too_large()
    {
        await using var small = await StartAsync(Options with { MaxUploadBytes = 1000 });

        // As a form of known length, as a body, and in chunks whose length nobody tells.
        HttpContent[] contents = [Form(new byte[1001]), Body(new byte[2_000_000]), new Chunks(5_000)];
        foreach (var content in contents)
        {
            using var answer = await small.PostAsync("v1/detect", content);
            await ShouldBeProblemAsync(answer, HttpStatusCode.RequestEntityTooLarge, "too-large");
        }
    }

    [Fact]
    public async Task more_pixels_than_the_limit_are_too_large()
    {
        await using var small = await StartAsync(Options with { MaxPixels = 999 });
        var picture = PictureFile.Encode(new Picture(40, 25), PictureFormat.Png);

        using var answer = await small.PostAsync("v1/detect", Form(picture));

        var problem = await ShouldBeProblemAsync(answer, HttpStatusCode.RequestEntityTooLarge, "too-large");
        problem.GetProperty("detail").GetString()!.ShouldContain("40x25");
    }

    private async Task<JsonElement> ProblemOfAsync(string path, HttpContent content, HttpStatusCode status, string code)
    {
        using var answer = await server.PostAsync(path, content);
        return await ShouldBeProblemAsync(answer, status, code);
    }

    private static async Task<JsonElement> ShouldBeProblemAsync(
        HttpResponseMessage answer, HttpStatusCode status, string code)
    {
        var text = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.ShouldBe(status, text);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        var problem = JsonElement.Parse(text);
        problem.GetProperty("status").GetInt32().ShouldBe((int)status);
        problem.GetProperty("code").GetString().ShouldBe(code);
        problem.GetProperty("title").GetString().ShouldNotBeNullOrWhiteSpace();
        return problem;
    }

    private sealed class Chunks : StreamContent
    {
        public Chunks(int length)
            : base(new MemoryStream(new byte[length])) => Headers.TryAddWithoutValidation("Content-Type", "image/png");

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
