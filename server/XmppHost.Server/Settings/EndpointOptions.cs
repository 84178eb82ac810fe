using XmppHost.Plugins;

namespace XmppHost.Server.Settings;

/// <summary>One kind of service on its addresses; an empty list switches it off.</summary>
internal sealed record EndpointOptions(IReadOnlyList<string> Listen) : IValidatedOptions
{
    internal IReadOnlyList<ListenAddress> Addresses => [.. Listen.Select(l => ListenAddress.TryParse(l, out var address) ? address : null).OfType<ListenAddress>()];

    public IEnumerable<(string Option, string Problem)> Validate()
    {
        for (var i = 0; i < Listen.Count; i++)
            if (!ListenAddress.TryParse(Listen[i], out _))
                yield return ($"listen.{i}", $"'{Listen[i]}' is not an address: write *:5222, 127.0.0.1:5222, [::1]:5222, localhost:5222 or unix:/path");
    }
}

/// <summary>Config section <c>endpoints</c>.</summary>
internal sealed record EndpointsOptions
{
    /// <summary>Clients that begin in plain text and upgrade by STARTTLS.</summary>
    public EndpointOptions C2s { get; init; } = new(["*:5222"]);

    /// <summary>Clients that begin with TLS (XEP-0368).</summary>
    public EndpointOptions C2sDirectTls { get; init; } = new(["*:5223"]);

    public EndpointOptions Http { get; init; } = new(["*:5280"]);

    public EndpointOptions Https { get; init; } = new(["*:5281"]);
}
