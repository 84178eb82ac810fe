using System.ComponentModel.DataAnnotations;

namespace XmppHost.Plugins.Commands;

internal sealed record CommandsOptions
{
    /// <summary>How many runs one account can have open; the oldest ends when another one begins.</summary>
    [Range(1, 100)]
    public int MaxSessionsPerAccount { get; init; } = 5;

    /// <summary>How many runs can be open in the host; beyond, nobody can begin one for a while.</summary>
    [Range(1, 1_000_000)]
    public int MaxSessions { get; init; } = 1000;

    /// <summary>A run whose form is not submitted for so long ends.</summary>
    [Range(typeof(TimeSpan), "10 s", "1 day")]
    public TimeSpan SessionTimeout { get; init; } = TimeSpan.FromMinutes(15);
}
