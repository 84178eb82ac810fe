using XmppHost.Handlers;
using XmppHost.Stanzas;
using XmppHost.Xml;

namespace XmppHost.Core.Streams;

/// <summary>The session request of RFC 3921 section 3, which does nothing any more but is still sent. COMPAT: clients of before 2011.</summary>
internal sealed class SessionEstablishment : IStreamFeature, IIqHandler
{
    public int Order => 310;

    string? IStreamFeature.Namespace => null;

    public IqKey Key => new(Ns.Session, "session", IqType.Set);

    public XmppElement? Advertise(IStreamContext stream) =>
        stream is { Account: not null, Session: null } ? new XmppElement("session", Ns.Session).Add(new XmppElement("optional", Ns.Session)) : null;

    public ValueTask<StreamStep> HandleAsync(IStreamContext stream, XmppElement element, CancellationToken ct) => ValueTask.FromResult(StreamStep.Continue);

    public ValueTask<IqReply> HandleAsync(IqRequest request, CancellationToken ct) => IqReply.Result();
}
