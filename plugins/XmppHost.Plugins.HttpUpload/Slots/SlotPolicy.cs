using System.Globalization;
using System.Security.Cryptography;
using XmppHost.Addressing;
using XmppHost.Handlers;
using XmppHost.Hosting;
using XmppHost.Stanzas;

namespace XmppHost.Plugins.HttpUpload.Slots;

/// <summary>Who may upload what. Checks in this order: access, syntax, type, size.</summary>
internal sealed class SlotPolicy(HttpUploadOptions options, IVHost host, IAccounts accounts)
{
    // XEP-0454: an encrypted file is longer than the file by the tag of AES-GCM.
    private const int TagBytes = 16;

    private readonly HashSet<Jid> _access = [.. options.Access.Select(Jid.Parse)];

    /// <summary>The largest size that is accepted and announced, or null.</summary>
    internal static long? LimitOf(HttpUploadOptions options) => options.MaxFileSize.IsUnlimited ? null : options.MaxFileSize.Bytes + TagBytes;

    internal async ValueTask<(FileRequest? File, StanzaError? Error)> CheckAsync(IqRequest request, CancellationToken ct)
    {
        if (!await IsAllowedAsync(request, ct).ConfigureAwait(false)) return (null, Forbidden(request));
        var query = request.Payload;
        var name = UploadXml.Value(query, "filename");
        if (FileName.ProblemOf(name) is { } problem) return (null, StanzaError.BadRequest(problem));

        // xs:positiveInteger.
        if (!long.TryParse(UploadXml.Value(query, "size"), NumberStyles.None, CultureInfo.InvariantCulture, out var size) || size < 1)
            return (null, StanzaError.BadRequest("the size is a positive number of bytes"));
        var (type, typeProblem) = ContentType(UploadXml.Value(query, "content-type"));
        if (typeProblem is not null) return (null, typeProblem);
        if (LimitOf(options) is { } limit && size > limit)
            return (null, UploadXml.TooLarge(query.Namespace, limit, $"The file is too large. The limit is {HumanSize.Format(options.MaxFileSize.Bytes)}."));
        return (new FileRequest(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(options.TokenBytes)), FileName.Shorten(name!), size, type), null);
    }

    private async ValueTask<bool> IsAllowedAsync(IqRequest request, CancellationToken ct)
    {
        var account = request.From.Bare;
        if (_access.Contains(account) || _access.Contains(account.Host)) return true;

        // An anonymous session is local too, but nobody's account.
        return request.Session is not null && account.Domain == host.Name && await accounts.ExistsAsync(account, ct).ConfigureAwait(false);
    }

    private (string? Type, StanzaError? Error) ContentType(string? declared)
    {
        if (string.IsNullOrWhiteSpace(declared))
            return options.AllowedTypes.Count == 0 ? (null, null) : (null, StanzaError.NotAcceptable("The type of the file must be given."));
        var type = string.Join(' ', declared.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        if (type.Length > 255 || type.Any(c => char.IsControl(c) || c > '~')) return (null, StanzaError.BadRequest("this is not a content type"));
        return IsAllowed(type) ? (type, null) : (null, StanzaError.NotAcceptable("Files of this type are not allowed."));
    }

    private bool IsAllowed(string type)
    {
        if (options.AllowedTypes.Count == 0) return true;
        var essence = type.Split(';')[0].Trim();
        return options.AllowedTypes.Any(a =>
            a.EndsWith("/*", StringComparison.Ordinal) ? essence.StartsWith(a[..^1], StringComparison.OrdinalIgnoreCase) : a.Equals(essence, StringComparison.OrdinalIgnoreCase));
    }

    // The old namespace's text has another condition for it.
    private static StanzaError Forbidden(IqRequest request) => request.Payload.Namespace == UploadXml.Namespace
        ? StanzaError.Forbidden("You may not upload files here.")
        : StanzaError.NotAllowed("You may not upload files here.");
}
