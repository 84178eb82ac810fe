using System.ComponentModel.DataAnnotations;

namespace XmppHost.Plugins.Blocking;

internal sealed record BlockingOptions
{
    /// <summary>Addresses that one account may block.</summary>
    [Range(1, 100_000)]
    public int MaxItems { get; init; } = 1000;

    /// <summary>Block lists held in memory; an empty one takes next to nothing.</summary>
    [Range(1, 10_000_000)]
    public int CachedLists { get; init; } = 50_000;
}
