using System.Buffers.Text;
using System.Text.Json;

namespace XmppHost.Plugins.FileStore.Credentials;

/// <summary>The claims of a JSON Web Token (RFC 7519), signed by HS256 alone.</summary>
internal sealed class JsonWebToken
{
    // As much as a few names and numbers take, many times over.
    private const int MaxLength = 8 << 10;

    private static readonly JsonDocumentOptions Flat = new() { MaxDepth = 4 };

    private readonly JsonElement _claims;

    private JsonWebToken(JsonElement claims) => _claims = claims;

    /// <summary>Null unless it is whole and signed with the key: nothing of it is read before that is certain.</summary>
    internal static JsonWebToken? Verify(string token, TokenKey key)
    {
        if (token.Length > MaxLength || token.Split('.') is not [var header, var payload, var signature]) return null;
        if (!key.IsBase64Mac(signature, token[..(header.Length + 1 + payload.Length)])) return null;

        // RFC 7515 section 4.1.11: what is critical and not known makes it invalid.
        if (Decode(header) is not { } head || head.TryGetProperty("crit", out _) || TextOf(head, "alg") != "HS256") return null;
        return Decode(payload) is { } claims ? new JsonWebToken(claims) : null;
    }

    internal string? Text(string claim) => TextOf(_claims, claim);

    /// <summary>A whole number, also one that was written as <c>1e6</c> or <c>5.0</c>: not every issuer tells integers from other numbers.</summary>
    internal long? Number(string claim)
    {
        if (!_claims.TryGetProperty(claim, out var value) || value.ValueKind != JsonValueKind.Number) return null;
        if (value.TryGetInt64(out var whole)) return whole;
        return value.TryGetDouble(out var real) && Math.Abs(real) <= 1L << 53 && Math.Truncate(real) == real ? (long)real : null;
    }

    /// <summary>A NumericDate (RFC 7519 section 2); null where there is none, or none that a calendar has.</summary>
    internal DateTimeOffset? Time(string claim) =>
        Number(claim) is { } seconds && seconds >= 0 && seconds < DateTimeOffset.MaxValue.ToUnixTimeSeconds() ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;

    private static string? TextOf(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static JsonElement? Decode(string part)
    {
        if (!Base64Url.IsValid(part)) return null;
        try
        {
            using var document = JsonDocument.Parse(Base64Url.DecodeFromChars(part), Flat);
            return document.RootElement.ValueKind == JsonValueKind.Object ? document.RootElement.Clone() : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
