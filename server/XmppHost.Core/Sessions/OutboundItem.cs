namespace XmppHost.Core.Sessions;

/// <summary>Bytes on their way out.</summary>
/// <param name="Bytes">Written as they stand.</param>
/// <param name="Gate">Not written before this has completed, well or not: the client counts what it gets. Null: at once.</param>
/// <param name="RemoveFromLog">A log row that is done with once these bytes were flushed, or 0.</param>
/// <param name="Origin">The message these bytes are, where it would have to be kept if they were never sent.</param>
internal readonly record struct OutboundItem(ReadOnlyMemory<byte> Bytes, Task? Gate = null, long RemoveFromLog = 0, Origin Origin = default);
