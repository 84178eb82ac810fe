namespace XmppHost.Scripting.Sasl;

/// <summary>The client's half of one SASL mechanism.</summary>
internal interface ISaslExchange
{
    string Mechanism { get; }

    byte[] Begin();

    byte[] Answer(byte[] challenge);

    /// <summary>Called with what came with <c>&lt;success/&gt;</c>; null when the server proved all that it had to, else what is wrong.</summary>
    string? Verify(byte[] additionalData);
}
