using Amazon.S3;
using Amazon.S3.Model;

namespace XmppHost.Testing.Services;

/// <summary>
/// A real S3 server: Ceph's gateway on an in-memory object store. It verifies signatures, sizes, types, policies and CORS. It does not
/// check the region of a signature, nor that x-amz-* headers are signed, nor the port in Host; those need other tests.
/// </summary>
public sealed class RadosGateway : IAsyncDisposable
{
    private static readonly Lazy<Task<RadosGateway>> Instance = new(StartAsync);

    private readonly ServiceScript _script;

    private RadosGateway(ServiceScript script)
    {
        _script = script;
        Endpoint = new Uri($"http://127.0.0.1:{script.Port}/");
        Client = new AmazonS3Client(AccessKeyId, SecretAccessKey, new AmazonS3Config
        {
            ServiceURL = Endpoint.ToString(),
            AuthenticationRegion = Region,
            ForcePathStyle = true,
        });
    }

    public const string AccessKeyId = "TESTSACCESSKEY000001";
    public const string SecretAccessKey = "tests/secret+key/of+forty+characters++++";
    public const string Region = "eu-test-1";

    /// <summary>Path style: a bucket lies at ENDPOINT/BUCKET.</summary>
    public Uri Endpoint { get; }

    /// <summary>A client with the owner's rights, to look at what an upload has left.</summary>
    public IAmazonS3 Client { get; }

    /// <summary>The one of this test process; it ends with the process.</summary>
    public static Task<RadosGateway> SharedAsync() => Instance.Value;

    public static async Task<RadosGateway> StartAsync() =>
        new(await ServiceScript.StartAsync("radosgw", AccessKeyId, SecretAccessKey));

    /// <summary>A new bucket's URL, without a slash at its end.</summary>
    /// <param name="publicRead">Whether its policy lets anyone GET an object.</param>
    /// <param name="corsOrigin">The origin whose pages may GET and PUT; null: none.</param>
    public async Task<Uri> CreateBucketAsync(string? name = null, bool publicRead = false, string? corsOrigin = null)
    {
        name ??= "b" + Guid.NewGuid().ToString("N");
        await Client.PutBucketAsync(new PutBucketRequest { BucketName = name, UseClientRegion = false });
        if (publicRead) await Client.PutBucketPolicyAsync(name, PublicReadPolicy(name));
        if (corsOrigin is not null) await Client.PutCORSConfigurationAsync(name, UploadFrom(corsOrigin));
        return new Uri(Endpoint, name);
    }

    public ValueTask DisposeAsync()
    {
        Client.Dispose();
        return _script.DisposeAsync();
    }

    private static string PublicReadPolicy(string bucket) => $$"""
        {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"arn:aws:s3:::{{bucket}}/*"}]}
        """;

    private static CORSConfiguration UploadFrom(string origin) => new()
    {
        Rules =
        [
            new CORSRule
            {
                AllowedOrigins = [origin],
                AllowedMethods = ["GET", "HEAD", "PUT"],
                AllowedHeaders = ["Authorization", "Content-Type"],
                MaxAgeSeconds = 3000,
            },
        ],
    };
}
