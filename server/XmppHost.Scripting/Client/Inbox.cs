using XmppHost.Xml;

namespace XmppHost.Scripting;

/// <summary>What came and what was passed over, so that a wait for one stanza never loses another.</summary>
internal sealed class Inbox(ClientConnection connection, ReceiptCounter receipts, TimeProvider time) : IDisposable
{
    private readonly SemaphoreSlim _one = new(1, 1);
    private readonly List<StreamItem> _passedOver = [];

    /// <summary>True once the server has ended its stream or the connection.</summary>
    public bool Ended { get; private set; }

    public void Clear()
    {
        _passedOver.Clear();
        Ended = false;
    }

    /// <summary>The first item that is wanted, of those passed over before and of those to come; null when none came in time.</summary>
    /// <exception cref="ScriptedClientException">The connection ended first.</exception>
    public async Task<StreamItem?> TakeAsync(Func<StreamItem, bool> wanted, TimeSpan limit, CancellationToken ct)
    {
        using var deadline = new Deadline(limit, time, ct);
        try
        {
            await _one.WaitAsync(deadline.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (deadline.Passed)
        {
            return null;
        }

        try
        {
            var index = _passedOver.FindIndex(i => wanted(i));
            if (index < 0) return await ReadUntilAsync(wanted, deadline).ConfigureAwait(false);
            var found = _passedOver[index];
            _passedOver.RemoveAt(index);
            return found;
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    private async Task<StreamItem?> ReadUntilAsync(Func<StreamItem, bool> wanted, Deadline deadline)
    {
        while (true)
        {
            StreamItem item;
            try
            {
                item = await connection.ReadAsync(deadline.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (deadline.Passed)
            {
                return null;
            }

            if (item.Kind == StreamItemKind.Element) receipts.Saw(item.Element!);
            Ended |= item.Kind is not (StreamItemKind.Element or StreamItemKind.StreamOpen);
            if (wanted(item)) return item;
            if (item.Kind is StreamItemKind.ConnectionClosed or StreamItemKind.Unreadable) throw EndedBefore(item);
            _passedOver.Add(item);
        }
    }

    private ScriptedClientException EndedBefore(StreamItem last)
    {
        var error = _passedOver.Select(i => i.Element).LastOrDefault(e => e?.Is("error", XmlNs.Streams) == true);
        return error is null
            ? new ScriptedClientException($"received {last}")
            : new ScriptedClientException($"the stream ended with the error {StanzaErrors.ConditionOf(error)}: {error}", error);
    }
}
