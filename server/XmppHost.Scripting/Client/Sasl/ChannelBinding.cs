namespace XmppHost.Scripting.Sasl;

/// <summary>What SCRAM says about the TLS channel (RFC 5802 section 6).</summary>
/// <param name="Gs2Header"><c>p=TYPE,,</c>, <c>y,,</c> (we could, the server cannot) or <c>n,,</c>.</param>
/// <param name="Data">The channel's own bytes; empty unless bound.</param>
internal sealed record ChannelBinding(string Gs2Header, byte[] Data)
{
    public static ChannelBinding None { get; } = new("n,,", []);

    public static ChannelBinding NotOffered { get; } = new("y,,", []);

    public static ChannelBinding Bound(string type, byte[] data) => new($"p={type},,", data);
}
