using FaceLoupe.Imaging;
using FaceLoupe.Tests.Hostile;
using FaceLoupe.Web.Problems;
using FaceLoupe.Web.Uploads;
using Microsoft.AspNetCore.Http;

namespace FaceLoupe.Web.Tests.Hostile;

/// <summary>Changed forms are taken or refused in our words, never with an exception of another kind.</summary>
public sealed class FormFuzzTests(LoopbackServer server) : IClassFixture<LoopbackServer>
{
    [Fact]
    public async Task forms()
    {
        byte[][] corpus =
        [
            [
                .. "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.png\"\r\nContent-Type: image/png\r\n\r\n"u8,
                .. PictureFile.Encode(new Picture(3, 2), PictureFormat.Png),
                .. "\r\n--b\r\nContent-Disposition: form-data; name=\"boxes\"\r\n\r\n[{\"x\":1}]\r\n--b--\r\n"u8,
            ],
        ];
        var memory = server.Part<UploadMemory>();
        for (var seed = 0; seed < 1_500; seed++)
        {
            using var share = memory.Open();
            var context = new DefaultHttpContext();
            context.Request.ContentType = "multipart/form-data; boundary=b";
            context.Request.Body = new MemoryStream(new Mutations(seed).Change(corpus));
            try
            {
                (await UploadReader.ReadAsync(context.Request, LoopbackServer.Options, share, CancellationToken.None))
                    .ShouldNotBeNull();
            }
            catch (RequestRefusedException)
            {
            }
            catch (Exception fault) when (fault is not ShouldAssertException)
            {
                Assert.Fail($"seed {seed}: {fault}");
            }
        }
    }
}
