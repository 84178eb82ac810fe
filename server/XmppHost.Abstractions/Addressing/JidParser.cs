using System.Buffers;
using System.Text;

namespace XmppHost.Addressing;

/// <summary>Splits and prepares addresses: RFC 7622 section 3, with the PRECIS profiles of RFC 8265 and IDNA for domains.</summary>
internal static class JidParser
{
    /// <summary>RFC 7622 section 3.1: octets, of UTF-8, in each part.</summary>
    internal const int MaxPartBytes = 1023;

    // RFC 7622 section 3.3.1.
    private static readonly SearchValues<char> NotInLocal = SearchValues.Create("\"&'/:<>@");

    internal static Jid? Parse(string? text)
    {
        if (string.IsNullOrEmpty(text) || text.Length > 3 * MaxPartBytes + 2) return null;
        // Section 3.2: the first slash, then the first at sign before it.
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        var end = slash < 0 ? text.Length : slash;
        var at = text.AsSpan(0, end).IndexOf('@');
        var local = at < 0 ? null : text[..at];
        var resource = slash < 0 ? null : text[(slash + 1)..];
        var domain = text.AsSpan(at + 1, end - at - 1);

        if (DomainPart.Prepare(domain) is not { } preparedDomain || !TryPrepare(local, resource, out var preparedLocal, out var preparedResource)) return null;
        var isPrepared = ReferenceEquals(local, preparedLocal) && ReferenceEquals(resource, preparedResource) && domain.SequenceEqual(preparedDomain);
        return new Jid(preparedLocal, preparedDomain, preparedResource, isPrepared ? text : null);
    }

    internal static Jid? Create(string? local, string domain, string? resource) =>
        DomainPart.Prepare(domain) is { } preparedDomain && TryPrepare(local, resource, out var preparedLocal, out var preparedResource)
            ? new Jid(preparedLocal, preparedDomain, preparedResource)
            : null;

    internal static string? PrepareLocal(string local) =>
        local.Length <= MaxPartBytes && Precis.UsernameCaseMapped(local) is { } prepared && !prepared.AsSpan().ContainsAny(NotInLocal) ? Limited(prepared) : null;

    internal static string? PrepareDomain(string domain) => DomainPart.Prepare(domain);

    internal static string? PrepareResource(string resource) =>
        resource.Length <= MaxPartBytes && Precis.OpaqueString(resource) is { } prepared ? Limited(prepared) : null;

    private static bool TryPrepare(string? local, string? resource, out string? preparedLocal, out string? preparedResource)
    {
        preparedLocal = local is null ? null : PrepareLocal(local);
        preparedResource = resource is null ? null : PrepareResource(resource);
        return (local is null || preparedLocal is not null) && (resource is null || preparedResource is not null);
    }

    // One UTF-16 unit is at most three octets.
    private static string? Limited(string part) =>
        part.Length <= MaxPartBytes / 3 || Encoding.UTF8.GetByteCount(part) <= MaxPartBytes ? part : null;
}
