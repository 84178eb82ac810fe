using XmppHost.Plugins.HttpUpload.Slots;
using XmppHost.Xml;

namespace XmppHost.Plugins.HttpUpload;

/// <summary>The elements of XEP-0363, in the namespace and shape of the request.</summary>
internal static class UploadXml
{
    internal const string Namespace = "urn:xmpp:http:upload:0";
    internal const string Legacy = "urn:xmpp:http:upload";

    /// <summary>Of the elements that say what a file is for; with a name behind a hash, of the features.</summary>
    internal const string PurposeNamespace = "urn:xmpp:http:upload:purpose:0";

    /// <summary>XEP-0363 section 4; its old form has child elements in place of attributes.</summary>
    internal static string? Value(XmppElement request, string name) =>
        request.Namespace == Namespace ? request.Attribute(name) : request.Element(name, Legacy)?.Text;

    internal static XmppElement Slot(string ns, UploadSlot slot) => ns == Namespace
        ? new XmppElement("slot", ns)
            .Add(new XmppElement("put", ns).With("url", slot.PutUrl).Add(slot.PutHeaders.Select(h => new XmppElement("header", ns).With("name", h.Name).Add(h.Value))))
            .Add(new XmppElement("get", ns).With("url", slot.GetUrl))
        : new XmppElement("slot", ns)
            .Add(new XmppElement("put", ns).Add(slot.PutUrl))
            .Add(new XmppElement("get", ns).Add(slot.GetUrl));
}
