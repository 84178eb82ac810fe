using System.Globalization;
using System.Security.Cryptography;
using XmppHost.Addressing;
using XmppHost.Handlers;
using XmppHost.Hosting;
using XmppHost.Stanzas;

namespace XmppHost.Plugins.HttpUpload.Slots;

/// <summary>Who may upload what. Checks in this order: access, syntax, type, size.</summary>
internal sealed class SlotPolicy(HttpUploadOptions options, SizeLimit limit, IVHost host)
{
    private const int MaxTypeLength = 255;

    private readonly HashSet<Jid> _access = [.. options.Access.Select(Jid.Parse)];

    /// <summary>The file that may be uploaded, or why it may not.</summary>
    internal (FileRequest? File, StanzaError? Error) Check(IqRequest request)
    {
        if (!IsAllowed(request)) return (null, Forbidden(request));
        var query = request.Payload;
        var name = UploadXml.Value(query, "filename");
        if (FileName.ProblemOf(name) is { } problem) return (null, StanzaError.BadRequest(problem));
        if (ParseSize(UploadXml.Value(query, "size")) is not { } size) return (null, StanzaError.BadRequest("the size is a positive number of bytes"));
        var type = UploadXml.Value(query, "content-type")?.Trim();
        if (CheckType(type) is { } typeProblem) return (null, typeProblem);
        if (size > limit.Bytes) return (null, UploadXml.TooLarge(query.Namespace, limit.Bytes.Value, $"The file is too large. The limit is {limit.Text}."));
        var token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(options.TokenBytes));
        return (new FileRequest(token, FileName.Shorten(name!), size, type is "" ? null : type), null);
    }

    private bool IsAllowed(IqRequest request)
    {
        var account = request.From.Bare;
        if (_access.Count > 0 && (_access.Contains(account) || _access.Contains(account.Host))) return true;

        // An anonymous session is local too, but nobody's account.
        return request.Session is { IsAnonymous: false } && account.Domain == host.Name;
    }

    // xs:positiveInteger has no bound: what is beyond ours is too large, not malformed.
    private static long? ParseSize(string? text)
    {
        if (long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var size)) return size > 0 ? size : null;
        return text is { Length: > 18 } && text.All(char.IsAsciiDigit) ? long.MaxValue : null;
    }

    private StanzaError? CheckType(string? type)
    {
        if (string.IsNullOrEmpty(type)) return options.AllowedTypes.Count == 0 ? null : StanzaError.NotAcceptable("The type of the file must be given.");
        if (type.Length > MaxTypeLength || type.Any(c => c is < ' ' or > '~')) return StanzaError.BadRequest("this is not a content type");
        return IsAllowed(type) ? null : StanzaError.NotAcceptable("Files of this type are not allowed.");
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
