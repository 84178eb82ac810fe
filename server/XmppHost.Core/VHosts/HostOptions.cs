using XmppHost.Plugins;

namespace XmppHost.Core.VHosts;

/// <summary>What config says of a host, or in <c>defaults</c> of all hosts, beside its plugins.</summary>
/// <param name="PublicUrl">Where clients reach the host's HTTP endpoint, if that is not <c>https://HOST:PORT/</c>: behind a proxy, for instance.</param>
public sealed record HostOptions(Uri? PublicUrl = null) : IValidatedOptions
{
    public AuthOptions Auth { get; init; } = new();

    public IEnumerable<(string Option, string Problem)> Validate()
    {
        if (PublicUrl is { } url && url.Scheme != Uri.UriSchemeHttps && url.Scheme != Uri.UriSchemeHttp) yield return ("publicUrl", $"'{url.OriginalString}' is not an http or https URL");
    }
}
