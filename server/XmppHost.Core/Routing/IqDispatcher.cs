using Microsoft.Extensions.Logging;
using XmppHost.Core.Sessions;
using XmppHost.Core.VHosts;
using XmppHost.Handlers;
using XmppHost.Stanzas;

namespace XmppHost.Core.Routing;

/// <summary>Finds the handler of an IQ get or set and answers with what it returns.</summary>
internal sealed partial class IqDispatcher(ILogger<IqDispatcher> logger)
{
    internal ValueTask DispatchAsync(Stanza iq, VHost host, string? service, IqTarget target, Session? sender, Router router, CancellationToken ct)
    {
        var payload = iq.Element.FirstElement();
        if (payload is null || iq.IqType is not { } type) return router.BounceAsync(iq, StanzaError.BadRequest(), sender, ct);
        var handler = host.Iqs.Find(new IqKey(payload.Namespace, payload.Name, type, service));
        if (handler is null || !handler.Target.HasFlag(target)) return router.BounceAsync(iq, StanzaError.ServiceUnavailable(), sender, ct);

        var request = new IqRequest(iq, payload, host, sender);
        if (!handler.Concurrent) return AnswerAsync(handler, request, sender, router, ct);
        _ = Task.Run(() => AnswerAsync(handler, request, sender, router, ct).AsTask(), ct);
        return ValueTask.CompletedTask;
    }

    private async ValueTask AnswerAsync(IIqHandler handler, IqRequest request, Session? sender, Router router, CancellationToken ct)
    {
        IqReply reply;
        try
        {
            reply = await handler.HandleAsync(request, ct).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            return;
        }
        catch (Exception e)
        {
            LogHandlerFailed(e, handler.Key.Element, handler.Key.Namespace, request.Host.Name);
            reply = StanzaError.InternalServerError();
        }

        var iq = request.Stanza;
        if (reply.Failure is { } error)
        {
            await router.BounceAsync(iq, error, sender, ct).ConfigureAwait(false);
        }
        else
        {
            var result = iq.ResultReply(reply.Payload);
            if (sender is not null) sender.Send(result);
            else await router.RouteAsync(result, null, ct).ConfigureAwait(false);
        }

        if (reply.Afterwards is { } afterwards) await afterwards().ConfigureAwait(false);
    }

    [LoggerMessage(1, LogLevel.Error, "the handler of <{Element} xmlns='{Namespace}'/> failed on host {VHost}")]
    private partial void LogHandlerFailed(Exception e, string element, string @namespace, string vHost);
}
