using XmppHost.Xml;

namespace XmppHost.Scripting;

/// <summary>The client's half of XEP-0198's bookkeeping; survives a lost connection, since that is what it is for.</summary>
internal sealed class ReceiptCounter
{
    private const string Namespace = "urn:xmpp:sm:3";

    /// <summary>XEP-0198 section 4: stanzas received since <c>&lt;enabled/&gt;</c>, modulo 2^32.</summary>
    public uint Handled { get; private set; }

    /// <summary>The <c>id</c> of the latest <c>&lt;enabled/&gt;</c>.</summary>
    public string? ResumptionId { get; private set; }

    public void Saw(XmppElement element)
    {
        if (element.Namespace == XmlNs.Client && element.Name is "message" or "presence" or "iq") Handled = unchecked(Handled + 1);
        if (!element.Is("enabled", Namespace)) return;
        Handled = 0;
        ResumptionId = element.Attribute("id");
    }

    /// <summary>The <c>&lt;resume/&gt;</c> for what was seen so far; null when there is nothing to resume.</summary>
    public XmppElement? Resume() => ResumptionId is null
        ? null
        : new XmppElement("resume", Namespace).With("previd", ResumptionId).With("h", Handled.ToString(System.Globalization.CultureInfo.InvariantCulture));
}
