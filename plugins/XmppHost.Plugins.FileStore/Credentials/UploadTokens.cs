using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using XmppHost.Addressing;
using XmppHost.Hosting;

namespace XmppHost.Plugins.FileStore.Credentials;

/// <summary>
/// Verifies what a request was signed with, by this server or another one that has the key: the external upload protocol in its versions 1 (<c>?v=</c>) and 2 (<c>?v2=</c>), Metronome's
/// <c>?token=</c>, and the JSON Web Token of Prosody's mod_http_file_share. A request has exactly one of them.
/// </summary>
internal sealed class UploadTokens(IUploadStore store, FileStoreOptions options, TimeProvider time)
{
    private const string Untyped = "application/octet-stream";

    private readonly TokenKey _own = new(store.Secret);
    private readonly TokenKey? _others = options.Secret is { } secret ? new(secret.Reveal()) : null;
    private readonly string? _deleteSecret = options.DeleteSecret?.Reveal();

    /// <summary>What was signed for; or null, and the status to refuse with.</summary>
    internal UploadGrant? VerifyPut(HttpRequest request, UploadPath path, long length, out int status)
    {
        var size = length.ToString(CultureInfo.InvariantCulture);
        var type = request.ContentType;
        status = StatusCodes.Status403Forbidden;
        switch (Given(request))
        {
            case ("v", { } token):
                return VerifyMac(token, $"{path.Decoded} {size}", type);
            case ("v2" or "token", { } token):
                return VerifyMac(token, $"{path.Decoded}\0{size}\0{type ?? Untyped}", type);
            case ("authorization", { } header):
                return VerifyBearer(header, path, length, type, ref status);
            case ("none", _):
                status = StatusCodes.Status401Unauthorized;
                return null;
            default:
                return null;
        }
    }

    /// <summary>Whether a DELETE was signed with both secrets.</summary>
    internal bool VerifyDelete(HttpRequest request, UploadPath path) =>
        _deleteSecret is not null && Given(request) is ("token", { } token) && (_own.IsHexMac(token, $"{path.Decoded}\0{_deleteSecret}") || _others?.IsHexMac(token, $"{path.Decoded}\0{_deleteSecret}") == true);

    /// <summary>The one credential of a request; "none" or "many" where there is not exactly one.</summary>
    private static (string Kind, string? Value) Given(HttpRequest request)
    {
        var query = request.Query;
        ReadOnlySpan<(string Kind, StringValues Values)> all =
            [("v", query["v"]), ("v2", query["v2"]), ("token", query["token"]), ("authorization", request.Headers.Authorization)];
        (string Kind, string? Value) given = ("none", null);
        foreach (var (kind, values) in all)
        {
            if (values.Count == 0) continue;
            if (values.Count > 1 || given.Kind != "none") return ("many", null);
            given = (kind, values[0] ?? "");
        }

        return given;
    }

    private UploadGrant? VerifyMac(string token, string text, string? type)
    {
        if (_own.IsHexMac(token, text)) return new UploadGrant(type) { IsOurs = true };
        return _others?.IsHexMac(token, text) == true ? new UploadGrant(type) : null;
    }

    private UploadGrant? VerifyBearer(string header, UploadPath path, long length, string? type, ref int status)
    {
        // RFC 6750 section 2.1; schemes are told apart without regard to case (RFC 9110 section 11.1).
        if (header.Split(' ', StringSplitOptions.RemoveEmptyEntries) is not [var scheme, var text] || !scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase))
        {
            status = StatusCodes.Status401Unauthorized;
            return null;
        }

        if (_others is null || JsonWebToken.Verify(text, _others) is not { } token || !IsNow(token) || !IsFor(token, path)) return null;
        if (token.Number("filesize") is not { } size || !ContentTypes.IsSound(token.Text("filetype"))) return null;
        if (size != length)
        {
            status = StatusCodes.Status413PayloadTooLarge;
            return null;
        }

        return IsOfType(token, type) ? new UploadGrant(token.Text("filetype") ?? type) { Uploader = UploaderOf(token), Expires = token.Time("expires") } : null;
    }

    // A token that never ends is nothing that any issuer makes.
    private bool IsNow(JsonWebToken token) => token.Time("exp") is { } end && time.GetUtcNow() < end && !(token.Time("nbf") > time.GetUtcNow());

    private static bool IsFor(JsonWebToken token, UploadPath path) =>
        token.Text("slot") is { Length: > 0 } slot && token.Text("filename") is { Length: > 0 } name && path.Decoded == $"{slot}/{name}";

    // Issuers write application/octet-stream where the client declared nothing: then it may send anything, and is served as that.
    private static bool IsOfType(JsonWebToken token, string? sent) =>
        token.Text("filetype") is not { } signed || sent is null || signed.Equals(Untyped, StringComparison.OrdinalIgnoreCase) || signed.Equals(sent, StringComparison.OrdinalIgnoreCase);

    private static Jid? UploaderOf(JsonWebToken token) => token.Text("sub") is { } text && Jid.TryParse(text) is { } jid ? jid.Bare : null;
}
