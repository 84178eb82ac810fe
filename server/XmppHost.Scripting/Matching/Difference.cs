using XmppHost.Xml;

namespace XmppHost.Scripting.Matching;

/// <summary>The first thing in which a received element is not the expected one.</summary>
/// <param name="Path">Where, for instance <c>iq/query/item[2]/@jid</c>.</param>
/// <param name="Message">What was expected there and what is there.</param>
/// <param name="Expected">The element of the script in which it is.</param>
/// <param name="Received">The received element in which it is; null where it is missing as a whole.</param>
internal sealed record Difference(string Path, string Message, XmppElement? Expected, XmppElement? Received)
{
    public override string ToString() => $"{Path}: {Message}";
}
