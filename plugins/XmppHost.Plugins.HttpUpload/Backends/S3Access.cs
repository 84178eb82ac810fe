using Amazon;
using Amazon.Runtime;
using Amazon.S3;

namespace XmppHost.Plugins.HttpUpload.Backends;

/// <summary>One bucket with the keys to it: signs URLs by itself, and talks to the store through the SDK.</summary>
internal sealed class S3Access : IDisposable
{
    private readonly S3Signer _signer;
    private readonly AWSCredentials _keys;
    private readonly TimeProvider _time;

    internal S3Access(S3Options options, TimeProvider time)
    {
        Options = options;
        Location = S3Location.Of(options);
        _time = time;
        _signer = new S3Signer(Location, options.Region!);
        var config = ConfigOf(options, Location);
        _keys = options.UsesChain ? new FoundKeys(config) : new ConfiguredKeys(options, time);
        Client = new DigestingS3Client(_keys, config);
    }

    internal S3Options Options { get; }

    internal S3Location Location { get; }

    internal IAmazonS3 Client { get; }

    /// <summary>True when getting at the keys may ask someone over the network.</summary>
    internal bool MayWait => Options.UsesChain;

    internal DateTimeOffset Now => _time.GetUtcNow();

    /// <param name="now">When the URL's life begins.</param>
    internal ValueTask<string> SignAsync(S3Request request, DateTimeOffset now)
    {
        // Mostly they are at hand.
        var keys = _keys.GetCredentialsAsync();
        return keys.IsCompletedSuccessfully ? ValueTask.FromResult(_signer.Sign(request, keys.Result, now)) : WaitAsync(request, keys, now);
    }

    public void Dispose() => Client.Dispose();

    private async ValueTask<string> WaitAsync(S3Request request, Task<ImmutableCredentials> keys, DateTimeOffset now) =>
        _signer.Sign(request, await keys.ConfigureAwait(false), now);

    private static AmazonS3Config ConfigOf(S3Options options, S3Location location)
    {
        var config = new AmazonS3Config
        {
            ServiceURL = location.Service.AbsoluteUri,
            AuthenticationRegion = options.Region,
            ForcePathStyle = location.Addressing == S3Addressing.Path,
            Timeout = TimeSpan.FromSeconds(30),
            MaxErrorRetry = 2,

            // Stores other than AWS often do not know the checksums that the SDK adds by default.
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
        };
        if (options.Profile is { } profile) config.Profile = options.ProfilesFile is { } file ? new Profile(profile, file) : new Profile(profile);
        return config;
    }
}
