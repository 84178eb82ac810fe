using System.Globalization;
using XmppHost.Stanzas;
using XmppHost.Xml;

namespace XmppHost.Plugins.StreamManagement;

/// <summary>The elements of XEP-0198 that a server sends.</summary>
internal static class StreamManagementXml
{
    internal static XmppElement Feature { get; } = new("sm", Ns.StreamManagement);

    internal static XmppElement Enabled(string? id, TimeSpan max)
    {
        var enabled = new XmppElement("enabled", Ns.StreamManagement);
        return id is null
            ? enabled
            : enabled.With("id", id).With("resume", "true").With("max", ((long)max.TotalSeconds).ToString(CultureInfo.InvariantCulture));
    }

    internal static XmppElement Ack(uint handled) => new XmppElement("a", Ns.StreamManagement).With("h", handled.ToString(CultureInfo.InvariantCulture));

    internal static XmppElement Resumed(string previous, uint handled) =>
        new XmppElement("resumed", Ns.StreamManagement).With("h", handled.ToString(CultureInfo.InvariantCulture)).With("previd", previous);

    internal static XmppElement Failed(string condition, uint? handled = null) =>
        new XmppElement("failed", Ns.StreamManagement)
            .With("h", handled?.ToString(CultureInfo.InvariantCulture))
            .Add(new XmppElement(condition, Ns.StanzaErrors));

    /// <summary>XEP-0198 section 6: the client acknowledges what it was never sent.</summary>
    internal static StreamError CountTooHigh(uint handled, uint sent) =>
        StreamError.UndefinedCondition with
        {
            Application = new XmppElement("handled-count-too-high", Ns.StreamManagement)
                .With("h", handled.ToString(CultureInfo.InvariantCulture))
                .With("send-count", sent.ToString(CultureInfo.InvariantCulture)),
        };

    internal static bool TryCount(XmppElement element, out uint handled) =>
        uint.TryParse(element.Attribute("h"), NumberStyles.None, CultureInfo.InvariantCulture, out handled);

    internal static bool IsTrue(string? value) => value is "true" or "1";
}
