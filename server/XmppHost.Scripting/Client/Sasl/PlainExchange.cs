using System.Text;

namespace XmppHost.Scripting.Sasl;

/// <summary>RFC 4616.</summary>
internal sealed class PlainExchange(string user, string password) : ISaslExchange
{
    public string Mechanism => "PLAIN";

    public byte[] Begin() => Encoding.UTF8.GetBytes($"\0{user}\0{password}");

    public byte[] Answer(byte[] challenge) => [];

    public string? Verify(byte[] additionalData) => null;
}
