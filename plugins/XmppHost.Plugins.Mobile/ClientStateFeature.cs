using XmppHost.Handlers;
using XmppHost.Stanzas;
using XmppHost.Xml;

namespace XmppHost.Plugins.Mobile;

/// <summary>XEP-0352: a client says whether somebody looks at it. A stream begins active, a resumed one too: the session sees to that.</summary>
[Xep(352, "1.0.0")]
internal sealed class ClientStateFeature(MobileOptions options, TimeProvider clock) : IStreamFeature
{
    private const string Csi = "urn:xmpp:csi:0";

    public int Order => 330;

    public StreamPhases Phases => StreamPhases.Bound;

    public string Namespace => Csi;

    public XmppElement? Advertise(IStreamContext stream) => stream is { Account: not null, Session: null } ? new XmppElement("csi", Csi) : null;

    public ValueTask<StreamStep> HandleAsync(IStreamContext stream, XmppElement element, CancellationToken ct)
    {
        if (stream.Session is not { } session || element.Name is not ("active" or "inactive")) return ValueTask.FromResult(StreamStep.Close(StreamError.UnsupportedStanzaType));
        session.HoldBack(element.Name == "inactive" ? new QuietHold(session.ReleaseHeld, options, clock) : null);
        return ValueTask.FromResult(StreamStep.Continue);
    }
}
