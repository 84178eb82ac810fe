using System.ComponentModel.DataAnnotations;

namespace XmppHost.Plugins.Archive;

internal sealed record ArchiveOptions
{
    /// <summary>What happens to messages of accounts that have not said otherwise.</summary>
    public ArchiveDefault Default { get; init; } = ArchiveDefault.Always;

    /// <summary>How long messages stay; nothing: for ever.</summary>
    [Range(typeof(TimeSpan), "1 h", "36500 days")]
    public TimeSpan? Retention { get; init; }

    /// <summary>How often is looked for messages that are too old.</summary>
    [Range(typeof(TimeSpan), "1 min", "7 days")]
    public TimeSpan SweepInterval { get; init; } = TimeSpan.FromHours(6);

    /// <summary>Messages in one answer, whatever the client asks for.</summary>
    [Range(1, 1000)]
    public int MaxPage { get; init; } = 100;

    /// <summary>Addresses in the lists of one account's preferences.</summary>
    [Range(0, 100_000)]
    public int MaxListed { get; init; } = 1000;

    /// <summary>Accounts whose preferences are kept in memory.</summary>
    [Range(100, 10_000_000)]
    public int CachedPreferences { get; init; } = 20_000;
}
