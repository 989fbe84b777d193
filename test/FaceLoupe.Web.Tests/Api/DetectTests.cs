using System.Diagnostics.Metrics;
using System.Text.Json;
using FaceLoupe.Geometry;
using FaceLoupe.Imaging;
using FaceLoupe.Tests;
using FaceLoupe.Web.Queueing;
using static FaceLoupe.Web.Tests.LoopbackServer;

namespace FaceLoupe.Web.Tests.Api;

public sealed class DetectTests(LoopbackServer server) : IClassFixture<LoopbackServer>
{
    [Fact]
    public async Task a_picture_in_a_form_gives_its_faces()
    {
        var document = await server.JsonOfAsync("v1/detect", Form(Scenes.CrowdPng, "folder\\crowd.png"));

        document.GetProperty("schemaVersion").GetInt32().ShouldBe(1);
        document.GetProperty("model").GetString().ShouldBe("tiny 1.0.0");
        document.GetProperty("threshold").GetDouble().ShouldBe(0.5);
        document.GetProperty("errors").GetArrayLength().ShouldBe(0);
        var image = document.GetProperty("images").EnumerateArray().ShouldHaveSingleItem();
        image.GetProperty("image").GetString().ShouldBe("crowd.png");
        image.GetProperty("width").GetInt32().ShouldBe(Scenes.Width);
        image.GetProperty("height").GetInt32().ShouldBe(Scenes.Height);
        var boxes = image.GetProperty("faces").EnumerateArray().Select(BoxOf).ToArray();
        boxes.Length.ShouldBe(3);
        foreach (var square in new[] { Scenes.Small, Scenes.Medium, Scenes.Large })
        {
            boxes.Count(box => Overlap.IoU(box, square.Moved()) > 0.98f).ShouldBe(1);
        }
    }

    [Fact]
    public async Task the_stages_say_what_they_think_beside_each_face()
    {
        var document = await server.JsonOfAsync("v1/detect", Form(Scenes.CrowdPng));

        var faces = document.GetProperty("images")[0].GetProperty("faces").EnumerateArray().ToArray();
        var scores = faces.Select(face => face.GetProperty("score").GetDouble()).ToArray();
        scores.ShouldBe(scores.OrderDescending());
        faces.ShouldAllBe(face => face.GetProperty("stage1Score").GetDouble() > 0.9
            && face.GetProperty("stage2Score").GetDouble() > 0.5);
        foreach (var face in faces)
        {
            var logit = face.GetProperty("logit").GetDouble();
            face.GetProperty("score").GetDouble().ShouldBe(1 / (1 + Math.Exp(-logit)), 1e-3);
            Overlap.IoU(BoxOf(face.GetProperty("proposal")), BoxOf(face)).ShouldBeGreaterThan(0.85f);
        }
    }

    [Fact]
    public async Task the_document_holds_all_that_the_command_line_writes()
    {
        var folder = Directory.CreateTempSubdirectory("faceloupe-web-");
        try
        {
            var picture = Path.Combine(folder.FullName, "crowd.png");
            await File.WriteAllBytesAsync(picture, Scenes.CrowdPng);
            var call = await Program.RunAsync("detect", picture, "--model", TinyModel.Folder);
            call.ExitCode.ShouldBe(0, call.Error);

            var document = await server.JsonOfAsync("v1/detect", Form(Scenes.CrowdPng));

            // The command line names the image by the path that it was given.
            var expected = call.Output.Replace(picture, "crowd.png", StringComparison.Ordinal);
            ShouldContain(document, JsonElement.Parse(expected), "$");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData("image/png")]
    [InlineData("application/octet-stream")]
    public async Task a_picture_may_be_the_body_itself(string type)
    {
        var document = await server.JsonOfAsync("v1/detect", Body(Scenes.CrowdPng, type));

        document.GetProperty("images")[0].GetProperty("image").GetString().ShouldBe("picture");
        Faces(document).ShouldBe(3);
    }

    [Theory]
    [InlineData("?minScore=1", 0)]
    [InlineData("?MINSCORE=0.5", 3)]
    [InlineData("?stages=2", 3)]
    [InlineData("?stages=1", 4)]
    public async Task parameters_choose_the_score_and_the_stages(string query, int faces)
    {
        var document = await server.JsonOfAsync("v1/detect" + query, Form(Scenes.CrowdPng));

        Faces(document).ShouldBe(faces);
    }

    [Fact]
    public async Task the_first_stage_alone_has_no_second_score()
    {
        var document = await server.JsonOfAsync("v1/detect?stages=1", Form(Scenes.CrowdPng));

        foreach (var face in document.GetProperty("images")[0].GetProperty("faces").EnumerateArray())
        {
            face.GetProperty("stage2Score").ValueKind.ShouldBe(JsonValueKind.Null);
            face.GetProperty("stage2Logit").ValueKind.ShouldBe(JsonValueKind.Null);
        }
    }

    [Fact]
    public async Task in_pieces_come_the_picture_the_proposals_the_faces_and_the_same_document()
    {
        using var answer = await server.PostAsync("v1/detect?stream=true", Form(Scenes.CrowdPng));
        var whole = await server.JsonOfAsync("v1/detect", Form(Scenes.CrowdPng));

        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/x-ndjson");
        var text = await answer.Content.ReadAsStringAsync();
        var lines = text.TrimEnd('\n').Split('\n').Select(line => JsonElement.Parse(line)).ToArray();
        var kinds = lines.Select(line => line.GetProperty("type").GetString()).ToArray();
        kinds[0].ShouldBe("picture");
        kinds[1].ShouldBe("proposals");
        kinds[2..^1].ShouldNotBeEmpty();
        kinds[2..^1].ShouldAllBe(kind => kind == "faces");
        kinds[^1].ShouldBe("result");
        lines[0].GetProperty("width").GetInt32().ShouldBe(Scenes.Width);
        var proposals = lines[1].GetProperty("proposals").GetArrayLength();
        lines[2..^1].Sum(line => line.GetProperty("faces").GetArrayLength()).ShouldBe(proposals);
        lines[^2].GetProperty("done").GetInt32().ShouldBe(proposals);
        lines[^1].GetProperty("result").GetRawText().ShouldBe(whole.GetRawText());
    }

    [Fact]
    public async Task early_pieces_come_between_the_picture_and_the_same_lines()
    {
        var whole = await LinesAsync("v1/detect?stream=true");
        var lines = await LinesAsync("v1/detect?stream=early");

        var early = lines.Where(line => Kind(line) == "early").ToArray();
        early.Length.ShouldBeGreaterThan(1);
        Kind(lines[0]).ShouldBe("picture");
        lines[1..(early.Length + 1)].ShouldAllBe(line => Kind(line) == "early");
        string.Join('\n', lines.Where(line => Kind(line) != "early").Select(line => line.GetRawText()))
            .ShouldBe(string.Join('\n', whole.Select(line => line.GetRawText())));
        early.Select(line => line.GetProperty("part").GetDouble())
            .ShouldBe(early.Select(line => line.GetProperty("part").GetDouble()).Order());
        early[^1].GetProperty("part").GetDouble().ShouldBe(1);
        var confident = early.SelectMany(line => line.GetProperty("proposals").EnumerateArray()).ToArray();
        foreach (var square in new[] { Scenes.Small, Scenes.Medium, Scenes.Large })
        {
            confident.ShouldContain(box => Overlap.IoU(BoxOf(box), square.Moved()) > 0.5f && box.GetProperty("score")
                .GetDouble() >= 0.5);
        }
    }

    [Fact]
    public async Task another_kind_of_pieces_is_refused_by_name()
    {
        using var answer = await server.PostAsync("v1/detect?stream=late", Form(Scenes.CrowdPng));

        answer.StatusCode.ShouldBe(System.Net.HttpStatusCode.BadRequest);
        JsonElement.Parse(await answer.Content.ReadAsStringAsync()).GetProperty("detail").GetString()
            .ShouldBe("stream is 'late', not true or false or early.");
    }

    [Fact]
    public async Task a_caller_who_goes_stops_the_work_and_leaves_the_queue()
    {
        // The tiny model needs many seconds for all tiles of 36 million pixels, and tells of each.
        var png = PictureFile.Encode(new Picture(6_000, 6_000), PictureFormat.Png);
        using var request = new HttpRequestMessage(HttpMethod.Post, "v1/detect?stream=early") { Content = Form(png) };
        var queue = server.Part<WorkQueue>();
        var worked = 0L;
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                // The process has other servers, whose meters have the same name.
                if (instrument.Name == "faceloupe.pictures" && instrument.Meter.Scope == server.Part<IMeterFactory>())
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((_, pictures, _, _) => Interlocked.Add(ref worked, pictures));
        listener.Start();
        await server.JsonOfAsync("v1/detect", Form(Scenes.CrowdPng));
        worked.ShouldBe(1);
        using (var answer = await server.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead))
        {
            using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync());
            (await reader.ReadLineAsync()).ShouldNotBeNull().ShouldContain("\"picture\"");
            var first = JsonElement.Parse((await reader.ReadLineAsync()).ShouldNotBeNull());
            Kind(first).ShouldBe("early");
            first.GetProperty("part").GetDouble().ShouldBeLessThan(0.5);
            queue.Running.ShouldBe(1);
        }

        (await Patience.UntilAsync(() => queue.Running == 0)).ShouldBeTrue();
        worked.ShouldBe(1); // stopped, and not simply done
    }

    [Fact]
    public async Task a_damaged_picture_is_a_problem_also_where_the_answer_would_come_in_pieces()
    {
        // The header is whole, the pixels are not; the first piece is sent only after they are decoded.
        using var answer = await server.PostAsync("v1/detect?stream=true", Form(Scenes.CrowdPng[..^40]));

        answer.StatusCode.ShouldBe(System.Net.HttpStatusCode.BadRequest);
        var problem = JsonElement.Parse(await answer.Content.ReadAsStringAsync());
        problem.GetProperty("code").GetString().ShouldBe("bad-picture");
    }

    private async Task<JsonElement[]> LinesAsync(string path)
    {
        using var answer = await server.PostAsync(path, Form(Scenes.CrowdPng));
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/x-ndjson");
        var text = await answer.Content.ReadAsStringAsync();
        return [.. text.TrimEnd('\n').Split('\n').Select(line => JsonElement.Parse(line))];
    }

    private static string? Kind(JsonElement line) => line.GetProperty("type").GetString();

    private static int Faces(JsonElement document) =>
        document.GetProperty("images")[0].GetProperty("faces").GetArrayLength();

    private static Box BoxOf(JsonElement face) => new(
        face.GetProperty("x").GetSingle(),
        face.GetProperty("y").GetSingle(),
        face.GetProperty("width").GetSingle(),
        face.GetProperty("height").GetSingle());

    private static void ShouldContain(JsonElement actual, JsonElement expected, string path)
    {
        actual.ValueKind.ShouldBe(expected.ValueKind, path);
        switch (expected.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var property in expected.EnumerateObject())
                {
                    actual.TryGetProperty(property.Name, out var value).ShouldBeTrue($"{path}.{property.Name}");
                    ShouldContain(value, property.Value, $"{path}.{property.Name}");
                }

                break;
            case JsonValueKind.Array:
                actual.GetArrayLength().ShouldBe(expected.GetArrayLength(), path);
                foreach (var (first, second) in actual.EnumerateArray().Zip(expected.EnumerateArray()))
                {
                    ShouldContain(first, second, path + "[]");
                }

                break;
            case JsonValueKind.Number:
                actual.GetDouble().ShouldBe(expected.GetDouble(), path);
                break;
            default:
                actual.ToString().ShouldBe(expected.ToString(), path);
                break;
        }
    }
}
