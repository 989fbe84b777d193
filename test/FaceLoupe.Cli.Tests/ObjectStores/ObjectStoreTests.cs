using System.Net;
using System.Security.Cryptography;
using FaceLoupe.ObjectStores;

namespace FaceLoupe.Cli.Tests.ObjectStores;

public class ObjectStoreTests
{
    private static readonly byte[] Content = [.. Enumerable.Range(0, 200_000).Select(i => (byte)(i * 7))];

    private static readonly ObjectStoreOptions Quick = new() { Tries = 4, Wait = TimeSpan.FromMilliseconds(5) };

    [Fact]
    public void what_is_busy_is_asked_again()
    {
        using var server = new PlainServer((call, context) =>
        {
            if (call <= 2)
            {
                context.Response.StatusCode = call == 1 ? 503 : 429;
                return;
            }

            Send(context, Content);
        });
        using var store = new ObjectStore(Quick);

        store.Read(server.Address + "a").ShouldBe(Content);
        server.Ranges.Count.ShouldBe(3);
    }

    [Fact]
    public void what_breaks_off_is_gone_on_with_by_a_range_of_the_same_version()
    {
        using var server = new PlainServer((call, context) =>
        {
            context.Response.Headers["ETag"] = "\"one\"";
            if (call == 1)
            {
                BreakOff(context);
                return;
            }

            var from = int.Parse(context.Request.Headers["Range"]!["bytes=".Length..^1]);
            context.Request.Headers["If-Range"].ShouldBe("\"one\"");
            context.Response.StatusCode = 206;
            context.Response.Headers["Content-Range"] = $"bytes {from}-{Content.Length - 1}/{Content.Length}";
            Send(context, Content[from..]);
        });
        using var store = new ObjectStore(Quick);

        store.Read(server.Address + "a").ShouldBe(Content);
        server.Ranges[0].ShouldBeNull();
        server.Ranges[1].ShouldNotBeNull().ShouldStartWith("bytes=");
    }

    [Fact]
    public void an_object_that_has_changed_meanwhile_is_fetched_as_a_whole()
    {
        using var server = new PlainServer((call, context) =>
        {
            context.Response.Headers["ETag"] = call == 1 ? "\"one\"" : "\"two\"";
            if (call == 1)
            {
                BreakOff(context);
                return;
            }

            Send(context, Content[..1000]);
        });
        using var store = new ObjectStore(Quick);

        store.Read(server.Address + "a").ShouldBe(Content[..1000]);
    }

    [Fact]
    public void bytes_without_the_checksum_that_was_reported_are_fetched_again()
    {
        var digest = $"sha-256=:{Convert.ToBase64String(SHA256.HashData(Content))}:";
        using var server = new PlainServer((call, context) =>
        {
            context.Response.Headers["Repr-Digest"] = digest;
            context.Response.Headers["ETag"] = "\"one\"";
            Send(context, call == 1 ? [.. Content[..^1], 1] : Content);
        });
        using var store = new ObjectStore(Quick);

        store.Read(server.Address + "a").ShouldBe(Content);
        server.Ranges.ShouldBe([null, null]);
    }

    [Fact]
    public void faults_are_reported_in_one_line()
    {
        using var server = new PlainServer((_, context) =>
            context.Response.StatusCode =
                context.Request.Url!.AbsolutePath switch { "/none" => 404, "/secret" => 403, _ => 500 });
        using var store = new ObjectStore(Quick);

        store.TryRead(server.Address + "none").ShouldBeNull();
        Fault(server.Address + "none").ShouldEndWith("none: there is no such object.");
        Fault(server.Address + "secret").ShouldEndWith("secret: the server answers 403 Forbidden.");
        Fault(server.Address + "broken").ShouldEndWith("broken: failed 4 times, at last with: 500 InternalServerError");
        Fault("http://example.org/a.png").ShouldContain("http:// is accepted for this machine only");
        Fault("s3://bucket").ShouldContain("expected s3://BUCKET/KEY");
        Should.Throw<FaceLoupeException>(() => store.Write("https://example.org/a", [])).Message.ShouldContain(
            "only s3:// places are written to");

        string Fault(string place) => Should.Throw<FaceLoupeException>(() => store.Read(place)).Message;
    }

    [Fact]
    public void more_bytes_than_wanted_are_refused()
    {
        using var server = new PlainServer((_, context) => Send(context, Content));
        using var store = new ObjectStore(Quick with { MostBytes = 1000 });

        Should.Throw<FaceLoupeException>(() => store.Read(server.Address + "a")).Message.ShouldContain(
            "has more than 1000 bytes");
    }

    private static void Send(HttpListenerContext context, byte[] content)
    {
        context.Response.ContentLength64 = content.Length;
        context.Response.OutputStream.Write(content);
    }

    private static void BreakOff(HttpListenerContext context)
    {
        context.Response.ContentLength64 = Content.Length;
        context.Response.OutputStream.Write(Content.AsSpan(0, 120_000));
        context.Response.OutputStream.Flush();
        Thread.Sleep(100);
        context.Response.Abort();
    }
}
