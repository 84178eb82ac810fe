using Amazon.Runtime;
using Amazon.Runtime.Credentials;

namespace XmppHost.Plugins.HttpUpload.Backends;

/// <summary>
/// The keys that the SDK finds by itself: a profile of the shared files, the environment, or the role of the machine or container. It renews those that end, and reads changed files again.
/// </summary>
internal sealed class FoundKeys(IClientConfig config) : AWSCredentials
{
    public override ImmutableCredentials GetCredentials() => DefaultAWSCredentialsIdentityResolver.GetCredentials(config).GetCredentials();

    public override async Task<ImmutableCredentials> GetCredentialsAsync()
    {
        var found = await DefaultAWSCredentialsIdentityResolver.GetCredentialsAsync(config).ConfigureAwait(false);
        return await found.GetCredentialsAsync().ConfigureAwait(false);
    }
}
