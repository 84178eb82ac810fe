using System.Security.Cryptography;
using XmppHost.Addressing;
using XmppHost.Plugins;

namespace XmppHost.Core.Streams.Sasl;

/// <summary>ANONYMOUS (RFC 4505, XEP-0175): a new random localpart each time.</summary>
[Xep(175, "1.2")]
internal sealed class AnonymousNegotiation(SaslContext context) : SaslNegotiation
{
    private const int MaxTrace = 255;

    internal override bool IsAnonymous => true;

    internal override ValueTask<SaslStep> StepAsync(ReadOnlyMemory<byte> message, CancellationToken ct)
    {
        // RFC 4505 section 2: the trace is of no use to us, but it has its limits.
        if (SaslText.Decode(message.Span) is not { Length: <= 2 * MaxTrace } trace || trace.EnumerateRunes().Count() > MaxTrace)
            return ValueTask.FromResult<SaslStep>(SaslFailure.Malformed("Not an ANONYMOUS message"));
        var account = Jid.TryCreate(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)), context.Host.Name, null)!;
        return ValueTask.FromResult(SaslStep.Success(account));
    }
}
