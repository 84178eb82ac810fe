using XmppHost.Xml;

namespace XmppHost.Scripting;

/// <summary>One thing that came from the server, in the order in which it came.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Element">The stanza, or the attributes of the stream's opening tag.</param>
/// <param name="Detail">Why the connection ended or could not be read further.</param>
public readonly record struct StreamItem(StreamItemKind Kind, XmppElement? Element = null, string? Detail = null)
{
    public override string ToString() => Kind switch
    {
        StreamItemKind.Element => Element!.ToString(),
        StreamItemKind.StreamOpen => $"a stream header {Element}",
        StreamItemKind.StreamClose => "</stream:stream>",
        StreamItemKind.ConnectionClosed => $"the end of the connection{(Detail is null ? "" : $" ({Detail})")}",
        _ => $"unreadable XML ({Detail})",
    };
}
