namespace XmppHost.Core.Streams.Sasl;

/// <summary>What one connection has done so far to log in.</summary>
internal sealed class SaslAttempts
{
    /// <summary>The exchange that waits for a response, or null.</summary>
    internal SaslNegotiation? Current { get; set; }

    internal int Failures { get; set; }
}
