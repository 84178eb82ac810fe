using XmppHost.Storage;

namespace XmppHost.Plugins.Archive;

/// <summary>What a query brings.</summary>
/// <param name="Rows">In order of time.</param>
/// <param name="IsComplete">There is no further page in the direction that was asked for.</param>
/// <param name="Count">Of all pages; null where it would cost too much to count.</param>
/// <param name="Index">Of the first row among all; null with <paramref name="Count"/>.</param>
internal sealed record ArchivePage(IReadOnlyList<ArchiveRow> Rows, bool IsComplete, int? Count, int? Index);
