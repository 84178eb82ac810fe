using System.ComponentModel.DataAnnotations;

namespace XmppHost.Plugins.Mobile;

internal sealed record MobileOptions
{
    /// <summary>Nothing waits longer for a client that is inactive.</summary>
    [Range(typeof(TimeSpan), "1 s", "1 h")]
    public TimeSpan MaxDelay { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>When so much waits for a client, it is sent.</summary>
    [Range(1, 10_000)]
    public int MaxStanzas { get; init; } = 256;

    /// <summary>Presence waits.</summary>
    public bool Presence { get; init; } = true;

    /// <summary>Messages that say nothing but that somebody is writing wait.</summary>
    public bool ChatStates { get; init; } = true;
}
