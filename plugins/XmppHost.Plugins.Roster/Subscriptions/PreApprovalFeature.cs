using XmppHost.Handlers;
using XmppHost.Xml;

namespace XmppHost.Plugins.Roster.Subscriptions;

/// <summary>Says before binding that requests can be approved in advance: RFC 6121 section 3.4.1.</summary>
internal sealed class PreApprovalFeature : IStreamFeature
{
    private static readonly XmppElement Offer = new("sub", "urn:xmpp:features:pre-approval");

    public int Order => 610;

    public string? Namespace => null;

    public XmppElement? Advertise(IStreamContext stream) => stream.Account is not null && stream.Session is null ? Offer : null;

    public ValueTask<StreamStep> HandleAsync(IStreamContext stream, XmppElement element, CancellationToken ct) => ValueTask.FromResult(StreamStep.Continue);
}
