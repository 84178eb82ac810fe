using System.Net;
using XmppHost.Plugins;

namespace XmppHost.Server.Settings;

/// <summary>Config section <c>metrics</c>: where scrapers find what the server and its plugins measure. Without addresses only the control socket has them, since they are not for the public.</summary>
internal sealed record MetricsOptions : IValidatedOptions
{
    /// <summary>Whether anything is measured for scrapers at all.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>Addresses of their own, plain HTTP: <c>127.0.0.1:9464</c>.</summary>
    public IReadOnlyList<string> Listen { get; init; } = [];

    public string Path { get; init; } = "/metrics";

    /// <summary>Whose requests are answered: addresses and networks such as <c>10.0.0.0/8</c>. Whoever can open a Unix socket may.</summary>
    public IReadOnlyList<string> Allow { get; init; } = ["127.0.0.0/8", "::1"];

    internal IReadOnlyList<ListenAddress> Addresses => new EndpointOptions(Listen).Addresses;

    internal IReadOnlyList<IPNetwork> Networks => [.. Allow.Select(NetworkOf).OfType<IPNetwork>()];

    public IEnumerable<(string Option, string Problem)> Validate()
    {
        foreach (var problem in new EndpointOptions(Listen).Validate()) yield return problem;
        if (!Path.StartsWith('/') || Path.AsSpan().ContainsAny('?', '#', '%')) yield return ("path", $"'{Path}' is not a path: write /metrics");
        for (var i = 0; i < Allow.Count; i++)
            if (NetworkOf(Allow[i]) is null)
                yield return ($"allow.{i}", $"'{Allow[i]}' is neither an address nor a network: write 10.1.2.3, 10.0.0.0/8 or fd00::/8");
    }

    private static IPNetwork? NetworkOf(string text)
    {
        if (IPNetwork.TryParse(text, out var network)) return network;
        return IPAddress.TryParse(text, out var address) ? new IPNetwork(address, address.GetAddressBytes().Length * 8) : null;
    }
}
