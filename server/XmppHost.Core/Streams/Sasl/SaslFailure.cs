namespace XmppHost.Core.Streams.Sasl;

/// <summary>A SASL error of RFC 6120 section 6.5.</summary>
internal sealed record SaslFailure(string Condition, string? Text = null)
{
    internal static SaslFailure Aborted { get; } = new("aborted");

    internal static SaslFailure EncryptionRequired { get; } = new("encryption-required");

    internal static SaslFailure IncorrectEncoding { get; } = new("incorrect-encoding");

    internal static SaslFailure InvalidAuthzid { get; } = new("invalid-authzid");

    internal static SaslFailure InvalidMechanism { get; } = new("invalid-mechanism");

    /// <summary>One for wrong password and unknown user alike: nothing may tell them apart.</summary>
    internal static SaslFailure NotAuthorized { get; } = new("not-authorized");

    internal static SaslFailure TooManyAttempts { get; } = new("temporary-auth-failure", "Too many failed logins; try again later");

    internal static SaslFailure StorageFailed { get; } = new("temporary-auth-failure");

    internal static SaslFailure Malformed(string text) => new("malformed-request", text);
}
