using XmppHost.Addressing;
using XmppHost.Plugins.HttpUpload.Policy;

namespace XmppHost.Plugins.HttpUpload.Slots;

/// <summary>A slot that somebody wants.</summary>
/// <param name="Name">A file's name, checked.</param>
/// <param name="Size">Bytes, positive; what is beyond our numbers is <see cref="long.MaxValue"/>.</param>
/// <param name="ContentType">Checked; null where none was declared.</param>
/// <param name="Purpose">What it is for.</param>
/// <param name="ExpireBefore">The uploader wants the file gone by then.</param>
internal sealed record SlotOrder(string Name, long Size, string? ContentType, Purpose Purpose, DateTimeOffset? ExpireBefore = null)
{
    /// <summary>A bare JID; null for an operator's order.</summary>
    public Jid? Uploader { get; init; }

    /// <summary>How long the PUT URL is to be good; null for as long as config says.</summary>
    public TimeSpan? Lifetime { get; init; }
}
