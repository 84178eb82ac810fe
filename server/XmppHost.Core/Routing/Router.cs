using Microsoft.Extensions.Logging;
using XmppHost.Addressing;
using XmppHost.Core.Sessions;
using XmppHost.Core.VHosts;
using XmppHost.Handlers;
using XmppHost.Hosting;
using XmppHost.Stanzas;
using XmppHost.Storage;

namespace XmppHost.Core.Routing;

/// <summary>Takes a stanza with its addresses stamped to where its <c>to</c> says.</summary>
internal sealed class Router(HostTable hosts, IqDispatcher iqs, MessageDelivery messages, PendingIqs pending) : IStanzaRouter
{
    public ValueTask RouteAsync(Stanza stanza, CancellationToken ct = default) => RouteAsync(stanza, null, ct);

    public async ValueTask<Stanza> RequestAsync(Stanza iq, TimeSpan timeout, CancellationToken ct = default) =>
        await pending.WaitAsync(iq, () => RouteAsync(iq, null, ct), timeout, ct).ConfigureAwait(false);

    internal async ValueTask RouteAsync(Stanza stanza, Session? sender, CancellationToken ct)
    {
        if (stanza.To is not { } to) return;
        if (!hosts.TryFind(to.Domain, out var host, out var service))
        {
            messages.WriteArchive(stanza, sender);
            await BounceAsync(stanza, StanzaError.RemoteServerNotFound(), sender, ct).ConfigureAwait(false);
            return;
        }

        if (to.Local is null || service is not null)
        {
            messages.WriteArchive(stanza, sender);
            await ToHostAsync(stanza, host, service, sender, ct).ConfigureAwait(false);
            return;
        }

        var context = new StanzaContext(stanza, host, sender);
        if (!host.Delivering.IsEmpty && await host.Delivering.RunAsync(context, ct).ConfigureAwait(false) is var verdict and not StanzaVerdict.Continue)
        {
            if (verdict == StanzaVerdict.Drop) context.Stanza.Archive?.Drop(to);
            messages.WriteArchive(context.Stanza, sender);
            if (verdict == StanzaVerdict.Drop && context.Error is { } error) await BounceAsync(stanza, error, sender, ct).ConfigureAwait(false);
            return;
        }

        await ToAccountAsync(context.Stanza, to, host, sender, ct).ConfigureAwait(false);
        messages.WriteArchive(context.Stanza, sender);
    }

    /// <summary>An IQ without a <c>to</c>: the server answers for the account (RFC 6120 section 10.3.3).</summary>
    internal ValueTask OwnAccountIqAsync(Stanza iq, Session sender, CancellationToken ct) =>
        iq.IqType is IqType.Get or IqType.Set
            ? iqs.DispatchAsync(iq, sender.VHost, null, IqTarget.OwnAccount, sender, this, ct)
            : ValueTask.CompletedTask;

    /// <summary>Nobody could take the message: the host's filters may keep it, else its sender is told.</summary>
    internal async ValueTask UndeliverableAsync(Stanza message, VHost host, Session? sender, CancellationToken ct)
    {
        var context = new StanzaContext(message, host, sender);
        var verdict = await host.Undeliverable.RunAsync(context, ct).ConfigureAwait(false);
        if (verdict == StanzaVerdict.Consumed)
        {
            if (context.Offline is { } offline) messages.StoreOffline(offline, host, sender, this);
            return;
        }

        // Not to be kept, but a session that has not caught up yet can have it.
        if (messages.ToAnyone(message, message.To!, host, sender)) return;
        if (verdict == StanzaVerdict.Continue || context.Error is not null)
            await BounceAsync(message, context.Error ?? StanzaError.ServiceUnavailable(), sender, ct).ConfigureAwait(false);
    }

    /// <summary>Tells the sender of a stanza what went wrong, where an error may be answered at all.</summary>
    internal ValueTask BounceAsync(Stanza stanza, StanzaError error, Session? sender, CancellationToken ct)
    {
        // RFC 6121 section 8.5.1: nobody wants to hear that a farewell or a probe went nowhere.
        if (stanza.Kind == StanzaKind.Presence && stanza.PresenceType is not (PresenceType.Available or PresenceType.Subscribe)) return ValueTask.CompletedTask;
        stanza.Archive?.Drop(stanza.To);
        if (stanza.ErrorReply(error) is not { } reply) return ValueTask.CompletedTask;
        if (sender is not null && sender.Send(reply)) return ValueTask.CompletedTask;
        return reply.To is null || sender is not null ? ValueTask.CompletedTask : RouteAsync(reply, null, ct);
    }

    private async ValueTask ToHostAsync(Stanza stanza, VHost host, string? service, Session? sender, CancellationToken ct)
    {
        switch (stanza)
        {
            case { Kind: StanzaKind.Iq, IqType: IqType.Result or IqType.Error }:
                pending.TryComplete(stanza);
                break;
            case { Kind: StanzaKind.Iq }:
                await iqs.DispatchAsync(stanza, host, service, IqTarget.Host, sender, this, ct).ConfigureAwait(false);
                break;
            case { Kind: StanzaKind.Message }:
                await BounceAsync(stanza, StanzaError.ServiceUnavailable(), sender, ct).ConfigureAwait(false);
                break;
        }
    }

    private ValueTask ToAccountAsync(Stanza stanza, Jid to, VHost host, Session? sender, CancellationToken ct) => stanza.Kind switch
    {
        StanzaKind.Message => messages.DeliverAsync(stanza, to, host, sender, this, ct),
        StanzaKind.Presence => ToPresence(stanza, to, host),
        _ => ToAccountIqAsync(stanza, to, host, sender, ct),
    };

    // RFC 6121 sections 8.5.2.1.2 and 8.5.3.2.2: one session, or all available ones; nobody is no error.
    private static ValueTask ToPresence(Stanza presence, Jid to, VHost host)
    {
        if (presence.PresenceType is PresenceType.Probe or null) return ValueTask.CompletedTask;
        if (!to.IsBare)
        {
            host.Sessions.FindSession(to)?.Send(presence);
        }
        else if (!presence.IsError)
        {
            foreach (var session in host.Sessions.Sessions(to))
                if (session.Presence is not null)
                    session.Send(presence);
        }

        return ValueTask.CompletedTask;
    }

    private ValueTask ToAccountIqAsync(Stanza iq, Jid to, VHost host, Session? sender, CancellationToken ct)
    {
        var answer = iq.IqType is IqType.Result or IqType.Error;
        if (to.IsBare)
        {
            if (!answer)
            {
                var own = iq.From?.Bare == to;
                return iqs.DispatchAsync(iq, host, null, own ? IqTarget.OwnAccount : IqTarget.OtherAccount, sender, this, ct);
            }

            pending.TryComplete(iq);
            return ValueTask.CompletedTask;
        }

        // RFC 6121 section 8.5.3.2.3.
        if (host.Sessions.FindSession(to)?.Send(iq) == true || answer) return ValueTask.CompletedTask;
        return BounceAsync(iq, StanzaError.ServiceUnavailable(), sender, ct);
    }
}
