using XmppHost.Core.VHosts;
using XmppHost.Handlers;
using XmppHost.Stanzas;
using XmppHost.Xml;

namespace XmppHost.Core.Streams;

/// <summary>STARTTLS: RFC 6120 section 5.</summary>
internal sealed class StartTlsFeature(VHost host) : IStreamFeature
{
    public int Order => 100;

    public StreamPhases Phases => StreamPhases.BeforeAuthentication;

    public string Namespace => Ns.Tls;

    public XmppElement? Advertise(IStreamContext stream)
    {
        if (stream.IsSecure || stream.Account is not null) return null;
        var feature = new XmppElement("starttls", Ns.Tls);
        return host.Auth.RequireTls ? feature.Add(new XmppElement("required", Ns.Tls)) : feature;
    }

    public ValueTask<StreamStep> HandleAsync(IStreamContext stream, XmppElement element, CancellationToken ct)
    {
        if (!element.Is("starttls", Ns.Tls) || stream.IsSecure)
        {
            // Section 5.4.2.2: the stream ends after the failure.
            stream.Send(new XmppElement("failure", Ns.Tls));
            return ValueTask.FromResult(StreamStep.Close());
        }

        stream.Send(new XmppElement("proceed", Ns.Tls));
        return ValueTask.FromResult(StreamStep.StartTls);
    }
}
