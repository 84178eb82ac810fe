using System.Globalization;
using XmppHost.Xml;

namespace XmppHost.Plugins.ExternalServices;

/// <summary>The service that credentials are asked for (XEP-0215 section 4.3).</summary>
internal sealed record WantedService(string Host, string Type, int? Port)
{
    /// <summary>Null when host or type is missing, which both are a MUST, or the port is none.</summary>
    internal static WantedService? Read(XmppElement element)
    {
        if (element.Attribute("host") is not { Length: > 0 } host || element.Attribute("type") is not { Length: > 0 } type) return null;
        if (element.Attribute("port") is not { } text) return new(host, type, null);
        return ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) ? new(host, type, port) : null;
    }

    internal bool Means(ServiceOptions service) => service.Type == Type && service.Host.Equals(Host, StringComparison.OrdinalIgnoreCase) && (Port is null || Port == service.EffectivePort);
}
