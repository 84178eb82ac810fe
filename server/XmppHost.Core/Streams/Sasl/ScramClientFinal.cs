namespace XmppHost.Core.Streams.Sasl;

/// <summary>The final message of RFC 5802 section 7.</summary>
/// <param name="WithoutProof">All before <c>,p=</c>: the last part of the AuthMessage.</param>
/// <param name="BindingInput">The header of the first message followed by the channel binding's data.</param>
/// <param name="Nonce">Both nonces.</param>
/// <param name="Proof">The ClientProof.</param>
internal sealed record ScramClientFinal(string WithoutProof, byte[] BindingInput, string Nonce, byte[] Proof)
{
    /// <summary>Null where the grammar is broken.</summary>
    internal static ScramClientFinal? Parse(string message)
    {
        var proofAt = message.LastIndexOf(",p=", StringComparison.Ordinal);
        if (proofAt < 0) return null;
        var withoutProof = message[..proofAt];
        var fields = withoutProof.Split(',');
        if (fields.Length < 2 || !fields[0].StartsWith("c=", StringComparison.Ordinal) || !fields[1].StartsWith("r=", StringComparison.Ordinal)) return null;
        return SaslBase64.Decode(fields[0].AsSpan(2)) is { } binding && SaslBase64.Decode(message.AsSpan(proofAt + 3)) is { } proof
            ? new ScramClientFinal(withoutProof, binding, fields[1][2..], proof)
            : null;
    }
}
