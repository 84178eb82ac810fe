using XmppHost.Addressing;

namespace XmppHost.Storage;

/// <summary>Which messages of an archive; all conditions hold together.</summary>
/// <param name="With">The peer: a bare JID stands for all its resources.</param>
/// <param name="Start">Not before.</param>
/// <param name="End">Not after.</param>
/// <param name="After">Greater ids only.</param>
/// <param name="Before">Smaller ids only.</param>
public sealed record ArchiveQuery(Jid? With = null, DateTimeOffset? Start = null, DateTimeOffset? End = null, long? After = null, long? Before = null);
