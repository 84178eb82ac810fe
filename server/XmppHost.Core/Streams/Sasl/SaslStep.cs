using XmppHost.Addressing;

namespace XmppHost.Core.Streams.Sasl;

/// <summary>Where an exchange stands after a message: exactly one of a challenge, a success and a failure.</summary>
internal readonly record struct SaslStep
{
    private SaslStep(byte[]? data, Jid? account, SaslFailure? failure) => (Data, Account, Error) = (data, account, failure);

    /// <summary>The challenge, or the additional data of a success (RFC 6120 section 6.3.10); null or empty for none.</summary>
    internal byte[]? Data { get; }

    /// <summary>The bare JID that is logged in, after a success.</summary>
    internal Jid? Account { get; }

    internal SaslFailure? Error { get; }

    internal static SaslStep Challenge(byte[] data) => new(data, null, null);

    internal static SaslStep Success(Jid account, byte[]? additionalData = null) => new(additionalData, account, null);

    internal static SaslStep Failure(SaslFailure failure) => new(null, null, failure);

    public static implicit operator SaslStep(SaslFailure failure) => Failure(failure);
}
