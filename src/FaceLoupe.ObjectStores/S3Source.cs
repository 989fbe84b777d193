using System.Net;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;

namespace FaceLoupe.ObjectStores;

/// <summary>Objects of S3 and compatible stores. Keys and region are those of the AWS tools.</summary>
internal sealed class S3Source : ISource, IDisposable
{
    private const int Md5Digits = 32;

    private readonly AmazonS3Client _client;

    public S3Source(ObjectStoreOptions options)
    {
        var endpoint = options.S3Endpoint ?? Environment.GetEnvironmentVariable("AWS_ENDPOINT_URL_S3")
            ?? Environment.GetEnvironmentVariable("AWS_ENDPOINT_URL");
        var config = new AmazonS3Config
        {
            // Tries are counted in one place.
            MaxErrorRetry = 0,
            Timeout = options.Timeout,
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_SUPPORTED,
        };
        if (!string.IsNullOrEmpty(endpoint))
        {
            config.ServiceURL = endpoint;
            config.ForcePathStyle = true;
            config.AuthenticationRegion = Environment.GetEnvironmentVariable("AWS_REGION") ?? "us-east-1";
        }

        try
        {
            _client = new AmazonS3Client(config);
        }
        catch (AmazonClientException fault)
        {
            throw new FaceLoupeException(
                $"s3:// places: {fault.Message.ReplaceLineEndings(" ")} Set AWS_REGION, AWS_ACCESS_KEY_ID and "
                + "AWS_SECRET_ACCESS_KEY, or AWS_PROFILE.", fault);
        }
    }

    public OpenedObject? Open(string place, long offset, string? version, CancellationToken stop)
    {
        var (bucket, key) = Parse(place);
        try
        {
            var response = Send(place, () => _client.GetObjectAsync(
                new GetObjectRequest
                {
                    BucketName = bucket,
                    Key = key,
                    ByteRange = offset > 0 ? new ByteRange(FormattableString.Invariant($"bytes={offset}-")) : null,
                    EtagToMatch = offset > 0 ? version : null,
                },
                stop));
            return new OpenedObject(
                response.ResponseStream, offset, offset + response.ContentLength, response.ETag, response)
            {
                Md5 = Md5Of(response.ETag, response.ServerSideEncryptionMethod),
            };
        }
        catch (AmazonS3Exception fault) when (fault.StatusCode == HttpStatusCode.NotFound)
        {
            return fault.ErrorCode == "NoSuchBucket"
                ? throw new FaceLoupeException($"{place}: there is no such bucket.", fault)
                : null;
        }
        catch (AmazonS3Exception fault) when (fault.StatusCode == HttpStatusCode.PreconditionFailed)
        {
            // It has changed meanwhile: from the beginning.
            return Open(place, 0, null, stop);
        }
    }

    public void Write(string place, byte[] content, CancellationToken stop)
    {
        var (bucket, key) = Parse(place);
        var hash = StoredHash.Of(content);
        try
        {
            var response = Send(place, () => _client.PutObjectAsync(
                new PutObjectRequest
                {
                    BucketName = bucket,
                    Key = key,
                    InputStream = new MemoryStream(content),
                    MD5Digest = Convert.ToBase64String(hash),
                    UseChunkEncoding = false,
                },
                stop));
            if (Md5Of(response.ETag, response.ServerSideEncryptionMethod) is { } stored
                && !stored.AsSpan().SequenceEqual(hash))
            {
                throw new BusyException("what was stored does not have the MD5 of what was sent");
            }
        }
        catch (AmazonS3Exception fault) when (fault.StatusCode == HttpStatusCode.NotFound)
        {
            throw new FaceLoupeException($"{place}: there is no such bucket.", fault);
        }
    }

    public void Dispose() => _client.Dispose();

    /// <summary>Bucket and key of a place.</summary>
    /// <exception cref="FaceLoupeException">It has none.</exception>
    public static (string Bucket, string Key) Parse(string place)
    {
        var path = place["s3://".Length..];
        var slash = path.IndexOf('/', StringComparison.Ordinal);
        return slash > 0 && slash < path.Length - 1
            ? (path[..slash], path[(slash + 1)..])
            : throw new FaceLoupeException($"{place}: is not an object; expected s3://BUCKET/KEY.");
    }

    private static T Send<T>(string place, Func<Task<T>> send)
    {
        try
        {
            return send().GetAwaiter().GetResult();
        }
        catch (AmazonServiceException fault) when ((int)fault.StatusCode >= 500
            || fault.StatusCode == HttpStatusCode.TooManyRequests
            || fault.ErrorCode is "SlowDown" or "RequestTimeout" or "BadDigest")
        {
            throw new BusyException($"{fault.ErrorCode} {fault.Message}", fault);
        }
        catch (AmazonS3Exception fault) when (fault.StatusCode is HttpStatusCode.NotFound
            or HttpStatusCode.PreconditionFailed)
        {
            throw;
        }
        catch (AmazonS3Exception fault) when (fault.StatusCode != 0)
        {
            throw new FaceLoupeException(
                $"{place}: S3 answers {fault.ErrorCode}: {fault.Message.ReplaceLineEndings(" ")}", fault);
        }
        catch (AmazonServiceException fault) when (fault.InnerException is not (HttpRequestException
            or IOException or null))
        {
            throw new FaceLoupeException($"{place}: {fault.Message.ReplaceLineEndings(" ")}", fault);
        }
        catch (AmazonClientException fault) when (fault.InnerException is not (HttpRequestException or IOException))
        {
            throw new FaceLoupeException($"{place}: {fault.Message.ReplaceLineEndings(" ")}", fault);
        }
        catch (Exception fault) when (fault is AmazonClientException or AmazonServiceException or HttpRequestException
            or IOException or TimeoutException)
        {
            throw new BusyException(fault.Message, fault);
        }
    }

    // An object that was sent in parts, or is encrypted by a key of the account, has another tag.
    private static byte[]? Md5Of(string? tag, ServerSideEncryptionMethod? encryption)
    {
        var digits = tag?.Trim('"');
        return digits?.Length == Md5Digits && digits.All(char.IsAsciiHexDigit)
            && (encryption is null || encryption == ServerSideEncryptionMethod.None
                || encryption == ServerSideEncryptionMethod.AES256)
                ? Convert.FromHexString(digits) : null;
    }
}
