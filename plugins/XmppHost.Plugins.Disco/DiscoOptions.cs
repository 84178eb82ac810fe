namespace XmppHost.Plugins.Disco;

internal sealed record DiscoOptions
{
    /// <summary>What a person reads of the host in a list of servers; null for the software's name.</summary>
    public string? Name { get; init; }
}
