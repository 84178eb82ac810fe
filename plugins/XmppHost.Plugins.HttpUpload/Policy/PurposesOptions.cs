namespace XmppHost.Plugins.HttpUpload.Policy;

/// <summary>The purposes of XEP-0363 section 4.1; one that is null is not served, but for messages.</summary>
internal sealed record PurposesOptions
{
    public PurposeOptions? Message { get; init; }

    public PurposeOptions? Profile { get; init; }

    public PurposeOptions? Ephemeral { get; init; }

    public PurposeOptions? Permanent { get; init; }

    internal IEnumerable<(string Name, PurposeOptions Options)> Configured()
    {
        if (Message is not null) yield return (Purpose.Message, Message);
        if (Profile is not null) yield return (Purpose.Profile, Profile);
        if (Ephemeral is not null) yield return (Purpose.Ephemeral, Ephemeral);
        if (Permanent is not null) yield return (Purpose.Permanent, Permanent);
    }
}
