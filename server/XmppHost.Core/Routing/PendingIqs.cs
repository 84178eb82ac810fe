using System.Collections.Concurrent;
using XmppHost.Stanzas;

namespace XmppHost.Core.Routing;

/// <summary>IQs that the server itself sent and whose answers it waits for, by id; ids are unguessable and an answer must come from whom it was asked of.</summary>
internal sealed class PendingIqs(TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, (Stanza Request, TaskCompletionSource<Stanza> Answer)> _pending = new();

    internal async Task<Stanza> WaitAsync(Stanza request, Func<ValueTask> send, TimeSpan timeout, CancellationToken ct)
    {
        var id = request.Id ?? throw new ArgumentException("an IQ needs an id", nameof(request));
        var answer = new TaskCompletionSource<Stanza>(TaskCreationOptions.RunContinuationsAsynchronously);
        if (!_pending.TryAdd(id, (request, answer))) throw new ArgumentException($"IQ id {id} is in use", nameof(request));
        try
        {
            await send().ConfigureAwait(false);
            return await answer.Task.WaitAsync(timeout, clock, ct).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            return request.ErrorReply(StanzaError.RemoteServerTimeout())!;
        }
        finally
        {
            _pending.TryRemove(id, out _);
        }
    }

    internal bool TryComplete(Stanza answer) =>
        answer.Id is { } id
        && _pending.TryGetValue(id, out var pending)
        && pending.Request.To == answer.From
        && pending.Answer.TrySetResult(answer);
}
