using System.Text.Json;
using FaceLoupe.Imaging;
using static FaceLoupe.Web.Tests.LoopbackServer;

namespace FaceLoupe.Web.Tests.Api;

public sealed class CropsTests(LoopbackServer server) : IClassFixture<LoopbackServer>
{
    [Fact]
    public async Task what_the_networks_saw_of_found_faces_is_shown_and_judged_the_same_again()
    {
        var found = await server.JsonOfAsync("v1/detect", Form(Scenes.CrowdPng));
        var faces = found.GetProperty("images")[0].GetProperty("faces").EnumerateArray().ToArray();
        var boxes = "[" + string.Join(",", faces.Select(face => face.GetProperty("proposal").GetRawText())) + "]";

        var seen = await server.JsonOfAsync("v1/crops", Form(Scenes.CrowdPng, "crowd.png", ("boxes", boxes)));

        var (low, high) = (seen.GetProperty("lowResolution").GetInt32(), seen.GetProperty("highResolution").GetInt32());
        (low, high).ShouldBe((8, 32));
        var crops = seen.GetProperty("crops").EnumerateArray().ToArray();
        crops.Length.ShouldBe(3);
        foreach (var (crop, face) in crops.Zip(faces))
        {
            // Boxes are reported with two decimals, so the crop is shifted by a hundredth of a pixel at most.
            crop.GetProperty("stage2Logit").GetDouble().ShouldBe(face.GetProperty("stage2Logit").GetDouble(), 0.1);
            SideOf(crop, "judged").ShouldBe(high);
            if (crop.GetProperty("sharp").GetBoolean())
            {
                crop.GetProperty("low").ValueKind.ShouldBe(JsonValueKind.Null);
            }
            else
            {
                SideOf(crop, "low").ShouldBe(low);
                SideOf(crop, "bicubic").ShouldBe(high);
                SideOf(crop, "upsampled").ShouldBe(high);
            }
        }

        // The largest square is 32 px wide and its window 64: sharp from there on.
        crops.Count(crop => crop.GetProperty("sharp").GetBoolean()).ShouldBe(1);
    }

    private static int SideOf(JsonElement crop, string name)
    {
        var picture = PictureFile.Decode(crop.GetProperty(name).GetBytesFromBase64(), name);
        picture.Height.ShouldBe(picture.Width);
        return picture.Width;
    }
}
