using XmppHost.Addressing;
using XmppHost.Handlers;

namespace XmppHost.Core.Streams.Sasl;

/// <summary>
/// What <see cref="SaslFeature"/> needs of a client's stream over <see cref="IStreamContext"/>; the stream class implements it.
/// The stream has to:
/// keep one <see cref="SaslAttempts"/> as long as its connection lives, so that a restart does not forget the failures;
/// have in <see cref="Bindings"/> what <see cref="ITlsContexts.SecuredAsync"/> gave once TLS is on, and <see cref="ChannelBindings.None"/> before;
/// on <see cref="Authenticated"/> remember the account, and on the <see cref="StreamStep.Restart"/> that follows expect a new header;
/// not read on while a <c>HandleAsync</c> is pending: a login may be made to wait there.
/// </summary>
internal interface ISaslStream : IStreamContext
{
    ChannelBindings Bindings { get; }

    SaslAttempts Sasl { get; }

    /// <summary>SASL is done; <c>&lt;success/&gt;</c> is queued already. An anonymous account is known to no store.</summary>
    void Authenticated(Jid bare, bool isAnonymous);
}
