using System.Globalization;
using XmppHost.Stanzas;
using XmppHost.Xml;

namespace XmppHost.Plugins.ExternalServices;

internal static class ExternalServicesXml
{
    internal const string Namespace = "urn:xmpp:extdisco:2";

    /// <summary>Of the XEP before version 0.7; the elements are the same.</summary>
    internal const string OldNamespace = "urn:xmpp:extdisco:1";

    internal static IReadOnlyList<string> Namespaces { get; } = [Namespace, OldNamespace];

    internal static XmppElement Service(ServiceOptions service, ServiceLogin? login, string ns) =>
        new XmppElement("service", ns)
            .With("type", service.Type)
            .With("host", service.Host)
            .With("port", service.EffectivePort?.ToString(CultureInfo.InvariantCulture))
            .With("transport", service.EffectiveTransport)
            .With("name", service.Name)
            .With("restricted", service.Restricted ?? service.HasCredentials ? "true" : null)
            .With("username", login?.Username)
            .With("password", login?.Password)
            .With("expires", login?.Expires is { } end ? XmppDateTime.Format(end) : null);
}
