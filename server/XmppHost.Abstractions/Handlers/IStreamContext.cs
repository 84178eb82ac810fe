using System.Net;
using XmppHost.Addressing;
using XmppHost.Hosting;
using XmppHost.Xml;

namespace XmppHost.Handlers;

/// <summary>A client's stream as a feature sees it.</summary>
public interface IStreamContext
{
    /// <summary>The virtual host that the stream header named.</summary>
    IVHost Host { get; }

    /// <summary>TLS is on.</summary>
    bool IsSecure { get; }

    /// <summary>The bare JID after SASL, or null before it.</summary>
    Jid? Account { get; }

    /// <summary>The bound session, or null before binding.</summary>
    ISession? Session { get; }

    EndPoint? RemoteEndPoint { get; }

    /// <summary>Queues an element that is not a stanza.</summary>
    void Send(XmppElement element);

    /// <summary>
    /// Takes over the session that an earlier stream of the same account left behind (XEP-0198 section 5). On success what was not acknowledged is
    /// sent again after <paramref name="resumed"/>'s element.
    /// </summary>
    /// <param name="resumptionId">The id that <see cref="IReliableDelivery.Enable"/> gave out.</param>
    /// <param name="peerHandled">The <c>h</c> that the client reports.</param>
    /// <param name="resumed">Makes the success element out of the server's own <c>h</c>.</param>
    ValueTask<ResumeOutcome> ResumeAsync(string resumptionId, uint peerHandled, Func<uint, XmppElement> resumed, CancellationToken ct);
}

/// <summary>What became of an attempt to resume.</summary>
/// <param name="Resumed">True when the stream now carries the old session.</param>
/// <param name="Handled">When it failed although the id is still known: how many stanzas of the old stream had been handled; else null.</param>
/// <param name="Sent">When it failed because the client claims to have handled more: how many stanzas were ever sent to it, modulo 2^32; else null.</param>
public readonly record struct ResumeOutcome(bool Resumed, uint? Handled = null, uint? Sent = null);
