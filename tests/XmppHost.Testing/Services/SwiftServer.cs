using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;

namespace XmppHost.Testing.Services;

/// <summary>
/// OpenStack Swift by its S3 interface: a second S3 server, which checks what Ceph's does not: the region of a signature, that every x-amz-* header is signed, the port in Host. It has ACLs,
/// but no bucket policies.
/// </summary>
public sealed class SwiftServer : IAsyncDisposable
{
    private static readonly Lazy<Task<SwiftServer>> Instance = new(StartAsync);

    private readonly ServiceScript _script;

    private SwiftServer(ServiceScript script)
    {
        _script = script;
        Endpoint = new Uri($"http://127.0.0.1:{script.Port}/");
        Client = new AmazonS3Client(AccessKeyId, SecretAccessKey, new AmazonS3Config
        {
            ServiceURL = Endpoint.ToString(),
            AuthenticationRegion = Region,
            ForcePathStyle = true,
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
        });
    }

    public const string AccessKeyId = "test:tester";
    public const string SecretAccessKey = "testing";
    public const string Region = "us-east-1";

    /// <summary>Path style: a bucket lies at ENDPOINT/BUCKET.</summary>
    public Uri Endpoint { get; }

    /// <summary>A client with the owner's rights.</summary>
    public IAmazonS3 Client { get; }

    /// <summary>The one of this test process; it ends with the process.</summary>
    public static Task<SwiftServer> SharedAsync() => Instance.Value;

    public static async Task<SwiftServer> StartAsync() => new(await ServiceScript.StartAsync("swift", AccessKeyId, SecretAccessKey));

    /// <summary>A new private bucket's URL, without a slash at its end.</summary>
    public async Task<Uri> CreateBucketAsync()
    {
        var name = "b" + Guid.NewGuid().ToString("N");
        await Client.PutBucketAsync(new PutBucketRequest { BucketName = name, UseClientRegion = false });
        return new Uri(Endpoint, name);
    }

    public ValueTask DisposeAsync()
    {
        Client.Dispose();
        return _script.DisposeAsync();
    }
}
