namespace XmppHost.Plugins.ServerInfo;

internal sealed record ServerInfoOptions : IValidatedOptions
{
    /// <summary>Tell the operating system's name with the version.</summary>
    public bool ShowOs { get; init; }

    /// <summary>Where people reach those who run the host (XEP-0157).</summary>
    public ContactOptions Contact { get; init; } = new();

    public IEnumerable<(string Option, string Problem)> Validate()
    {
        foreach (var (kind, addresses) in Contact.All)
            foreach (var address in addresses)
                if (!Uri.TryCreate(address, UriKind.Absolute, out _))
                    yield return ($"contact.{kind}", $"'{address}' is not a URI: write mailto:, xmpp: or https:");
    }
}

/// <summary>URIs by kind: <c>mailto:</c>, <c>xmpp:</c>, <c>https:</c>.</summary>
internal sealed record ContactOptions
{
    public IReadOnlyList<string> Abuse { get; init; } = [];

    public IReadOnlyList<string> Admin { get; init; } = [];

    public IReadOnlyList<string> Feedback { get; init; } = [];

    public IReadOnlyList<string> Sales { get; init; } = [];

    public IReadOnlyList<string> Security { get; init; } = [];

    public IReadOnlyList<string> Status { get; init; } = [];

    public IReadOnlyList<string> Support { get; init; } = [];

    internal IEnumerable<(string Kind, IReadOnlyList<string> Addresses)> All =>
        [("abuse", Abuse), ("admin", Admin), ("feedback", Feedback), ("sales", Sales), ("security", Security), ("status", Status), ("support", Support)];
}
