using XmppHost.Stanzas;

namespace XmppHost.Hosting;

/// <summary>Sends stanzas on behalf of a host, a service or an account.</summary>
public interface IStanzaRouter
{
    /// <summary>
    /// Routes a stanza by its <c>to</c> as if its <c>from</c> had sent it, without the <see cref="Handlers.StanzaStage.Sending"/> stage. Errors go back to <c>from</c> when
    /// that is someone who can get them.
    /// </summary>
    ValueTask RouteAsync(Stanza stanza, CancellationToken ct = default);

    /// <summary>Sends an IQ get or set from this host or one of its services and waits for its answer; a timeout is <c>remote-server-timeout</c> as an error stanza.</summary>
    ValueTask<Stanza> RequestAsync(Stanza iq, TimeSpan timeout, CancellationToken ct = default);
}
