using System.Net;
using System.Text;
using System.Text.Json;
using static FaceLoupe.Web.Tests.LoopbackServer;

namespace FaceLoupe.Web.Tests.Uploads;

/// <summary>Hostile forms: each is answered with what is wrong with it, and none is a fault of the server.</summary>
public sealed class HostileFormTests(LoopbackServer server) : IClassFixture<LoopbackServer>
{
    private const string Box = "{\"x\":1,\"y\":2,\"width\":30,\"height\":40}";

    [Theory]
    [InlineData("[null]")]
    [InlineData($"[{Box},null]")]
    [InlineData($"[[{Box}]]")]
    [InlineData("[{\"x\":null,\"y\":2,\"width\":30,\"height\":40}]")]
    [InlineData("[{\"x\":1,\"x\":1,\"y\":2,\"width\":30,\"height\":40}]")]
    [InlineData("[{\"x\":1e400,\"y\":2,\"width\":30,\"height\":40}]")]
    [InlineData("[{\"x\":NaN,\"y\":2,\"width\":30,\"height\":40}]")]
    public async Task a_list_of_boxes_that_holds_something_else_is_refused(string boxes)
    {
        foreach (var path in (string[])["v1/crops", "v1/blur"])
        {
            var detail = await RefusedAsync(path, Form(Scenes.CrowdPng, "a.png", ("boxes", boxes)));

            detail.ShouldContain("JSON array");
        }
    }

    [Theory]
    [InlineData(71)]
    [InlineData(5_000)]
    [InlineData(20_000)]
    public async Task a_boundary_of_thousands_of_letters_is_refused(int length)
    {
        var detail = await RefusedAsync("v1/detect", Raw("--x--\r\n", new string('b', length)));

        detail.ShouldContain(FormattableString.Invariant($"{length} letters"));
    }

    [Fact]
    public async Task a_boundary_of_seventy_letters_is_taken()
    {
        var boundary = new string('b', 70);
        using var form = new MultipartFormDataContent(boundary)
        {
            { new ByteArrayContent(Scenes.CrowdPng), "file", "crowd.png" },
        };

        using var answer = await server.PostAsync("v1/detect", form);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("minScore")]
    [InlineData("boxes")]
    public async Task a_field_that_nobody_reads_is_refused(string field)
    {
        foreach (var path in (string[])["v1/detect", "v1/detect?stream=true"])
        {
            var detail = await RefusedAsync(path, Form(Scenes.CrowdPng, "a.png", (field, "1")));

            detail.ShouldContain($"no field '{field}'");
        }
    }

    [Fact]
    public async Task a_name_comes_back_as_it_was_given_without_half_a_letter()
    {
        foreach (var (given, name) in ((string, string)[])[
            ("a%22b.png", "a\"b.png"), ("c/d.png", "d.png"), (new string('x', 254) + "🙂.png", new string('x', 254))])
        {
            using var answer = await server.PostAsync("v1/detect", Form(Scenes.CrowdPng, given));

            answer.StatusCode.ShouldBe(HttpStatusCode.OK);
            JsonElement.Parse(await answer.Content.ReadAsStringAsync()).GetProperty("images")[0].GetProperty("image")
                .GetString().ShouldBe(name);
        }
    }

    [Fact]
    public async Task a_field_that_is_given_twice_is_refused()
    {
        var form = Form(Scenes.CrowdPng, "a.png", ("boxes", "[]"), ("boxes", $"[{Box}]"));

        (await RefusedAsync("v1/blur", form)).ShouldContain("'boxes' is given more than once");
    }

    [Fact]
    public async Task a_field_that_is_no_text_is_refused()
    {
        using var field = new ByteArrayContent([0x5B, 0xFF, 0xFE, 0x5D]);
        var form = Form(Scenes.CrowdPng);
        form.Add(field, "boxes");

        (await RefusedAsync("v1/blur", form)).ShouldContain("UTF-8");
    }

    [Theory]
    [InlineData("")]
    [InlineData("--x\r\n\r\n\r\n--x--")]
    [InlineData("--x\r\nContent-Disposition: form-data\r\n\r\na\r\n--x--")]
    [InlineData("--x\r\nContent-Disposition: form-data; name=\r\n\r\na\r\n--x--")]
    [InlineData("--x\r\nContent-Disposition: ;;;\r\n\r\na\r\n--x--")]
    [InlineData("--x\r\nno colon\r\n\r\na\r\n--x--")]
    [InlineData("--x\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\n\na\n--x--")]
    [InlineData(
        "--x\r\nContent-Disposition: form-data; name=\"file\"; filename*=UTF-8''%ED%A0%80%00\r\n\r\na\r\n--x--")]
    [InlineData("--x\r\nContent-Disposition: form-data; name=\"a\0b\u202E\"\r\n\r\na\r\n--x--\r\nafter")]
    public async Task a_damaged_form_is_never_a_fault_of_the_server(string form)
    {
        foreach (var path in (string[])["v1/detect", "v1/blur", "v1/crops"])
        {
            using var answer = await server.PostAsync(path, Raw(form, "x"));
            ((int)answer.StatusCode).ShouldBeInRange(400, 415, await answer.Content.ReadAsStringAsync());
        }
    }

    [Theory]
    [InlineData("multipart/form-data")]
    [InlineData("multipart/form-data; boundary=\"\"")]
    [InlineData("multipart/form-data; boundary=\"a\\\"b\"")]
    [InlineData("multipart/form-data; boundary==")]
    [InlineData("multipart/form-data; boundary=x; boundary=y")]
    [InlineData("image/")]
    [InlineData("/")]
    public async Task a_damaged_content_type_is_never_a_fault_of_the_server(string type)
    {
        using var body = new ByteArrayContent("--x--"u8.ToArray());
        body.Headers.TryAddWithoutValidation("Content-Type", type).ShouldBeTrue();

        using var answer = await server.PostAsync("v1/detect", body);

        ((int)answer.StatusCode).ShouldBeInRange(400, 415, await answer.Content.ReadAsStringAsync());
    }

    private static ByteArrayContent Raw(string form, string boundary)
    {
        var body = new ByteArrayContent(Encoding.UTF8.GetBytes(form));
        body.Headers.TryAddWithoutValidation("Content-Type", $"multipart/form-data; boundary={boundary}");
        return body;
    }

    private async Task<string> RefusedAsync(string path, HttpContent content)
    {
        using var answer = await server.PostAsync(path, content);
        var text = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest, text);
        var problem = JsonElement.Parse(text);
        problem.GetProperty("code").GetString().ShouldBe("bad-parameter", text);
        return problem.GetProperty("detail").GetString()!;
    }
}
