using System.Net;
using System.Text.Json;
using FaceLoupe.Geometry;
using FaceLoupe.Tests;
using static FaceLoupe.Web.Tests.LoopbackServer;

namespace FaceLoupe.Web.Tests.Api;

public sealed class LandmarksTests(LoopbackServer server) : IClassFixture<LoopbackServer>
{
    [Fact]
    public async Task a_face_has_its_landmarks_where_they_are_asked_for()
    {
        await using var reported = await StartAsync(Options with { ModelFolder = TinyModel.LandmarksFolder });

        var document = await reported.JsonOfAsync("v1/detect?landmarks=true", Form(Scenes.CrowdPng));
        var plain = await reported.JsonOfAsync("v1/detect", Form(Scenes.CrowdPng));

        var faces = document.GetProperty("images")[0].GetProperty("faces").EnumerateArray().ToArray();
        faces.Length.ShouldBe(3);
        foreach (var face in faces)
        {
            var proposal = face.GetProperty("proposal");
            var box = new Box(Number("x"), Number("y"), Number("width"), Number("height"));
            var nose = face.GetProperty("landmarks").GetProperty("nose");
            var wanted = TinyModel.LandmarkShares.Within(box).Nose;
            nose[0].GetSingle().ShouldBe(wanted.X, 0.02f);
            nose[1].GetSingle().ShouldBe(wanted.Y, 0.02f);
            face.GetProperty("landmarks").EnumerateObject().Select(point => point.Name)
                .ShouldBe(["leftEye", "rightEye", "nose", "leftMouth", "rightMouth"]);

            float Number(string key) => proposal.GetProperty(key).GetSingle();
        }

        plain.GetProperty("images")[0].GetProperty("faces").EnumerateArray()
            .SelectMany(face => face.EnumerateObject()).ShouldNotContain(key => key.NameEquals("landmarks"));
    }

    [Fact]
    public async Task a_model_that_gives_none_is_reported_at_once()
    {
        using var answer = await server.PostAsync("v1/detect?landmarks=true", Form(Scenes.CrowdPng));

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        JsonElement.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))
            .GetProperty("detail").GetString()!.ShouldContain("landmarks: the model that is loaded gives none");
    }
}
