namespace XmppHost.Scripting.Sasl;

/// <summary>RFC 4505, without trace information.</summary>
internal sealed class AnonymousExchange : ISaslExchange
{
    public string Mechanism => "ANONYMOUS";

    public byte[] Begin() => [];

    public byte[] Answer(byte[] challenge) => [];

    public string? Verify(byte[] additionalData) => null;
}
