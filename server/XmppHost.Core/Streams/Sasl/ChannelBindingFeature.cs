using XmppHost.Handlers;
using XmppHost.Plugins;
using XmppHost.Xml;

namespace XmppHost.Core.Streams.Sasl;

/// <summary>Tells which channel bindings the -PLUS mechanisms take (XEP-0440).</summary>
[Xep(440, "1.0.0")]
internal sealed class ChannelBindingFeature : IStreamFeature
{
    private const string BindingNs = "urn:xmpp:sasl-cb:0";

    public int Order => 210;

    public StreamPhases Phases => StreamPhases.BeforeAuthentication;

    public string? Namespace => null;

    public XmppElement? Advertise(IStreamContext stream) =>
        stream is ISaslStream { Account: null, Bindings: { Any: true } bindings }
            ? new XmppElement("sasl-channel-binding", BindingNs).Add(bindings.Types.Select(t => new XmppElement("channel-binding", BindingNs).With("type", t)))
            : null;

    public ValueTask<StreamStep> HandleAsync(IStreamContext stream, XmppElement element, CancellationToken ct) => ValueTask.FromResult(StreamStep.Continue);
}
