namespace XmppHost.Core.Streams.Sasl;

/// <summary>One exchange of one mechanism, server side, without I/O but for the account store. It ends with its first success or failure.</summary>
internal abstract class SaslNegotiation
{
    /// <summary>Whom the client claims to be, for the log; null as long as it did not say.</summary>
    internal string? ClaimedName { get; private protected set; }

    internal virtual bool IsAnonymous => false;

    /// <param name="message">The client's message, base64 removed; may be empty.</param>
    internal abstract ValueTask<SaslStep> StepAsync(ReadOnlyMemory<byte> message, CancellationToken ct);
}
