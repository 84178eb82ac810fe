using XmppHost.Handlers;
using XmppHost.Xml;

namespace XmppHost.Plugins.Roster;

/// <summary>Says before binding that roster versions are kept: RFC 6121 section 2.6.1.</summary>
internal sealed class VersioningFeature : IStreamFeature
{
    private static readonly XmppElement Offer = new("ver", "urn:xmpp:features:rosterver");

    public int Order => 600;

    public string? Namespace => null;

    public XmppElement? Advertise(IStreamContext stream) => stream.Account is not null && stream.Session is null ? Offer : null;

    public ValueTask<StreamStep> HandleAsync(IStreamContext stream, XmppElement element, CancellationToken ct) => ValueTask.FromResult(StreamStep.Continue);
}
