using XmppHost.Addressing;

namespace XmppHost.Storage;

/// <summary>One message in one account's archive (XEP-0313).</summary>
/// <param name="Id">From <see cref="IMessageLog.NextId"/>: the order in the archive, and the time.</param>
/// <param name="Account">The bare JID whose archive it is.</param>
/// <param name="Peer">Whom it is to or from, as it stands there.</param>
/// <param name="Nonce">Makes the id that clients see unpredictable.</param>
/// <param name="Stanza">UTF-8, as a child of <c>jabber:client</c>. The bytes must not change before they are written.</param>
public sealed record ArchiveRow(long Id, Jid Account, Jid Peer, long Nonce, ReadOnlyMemory<byte> Stanza)
{
    /// <summary>When the server got it.</summary>
    public DateTimeOffset Stamp => DateTimeOffset.UnixEpoch.AddTicks(Id * TimeSpan.TicksPerMicrosecond);
}
