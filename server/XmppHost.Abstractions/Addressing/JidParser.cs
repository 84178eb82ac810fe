namespace XmppHost.Addressing;

/// <summary>Splits and prepares addresses: RFC 7622 section 3, with the PRECIS profiles of RFC 8265 and IDNA for domains.</summary>
internal static class JidParser
{
    private const int MaxPartBytes = 1023;

    internal static Jid? Parse(string? text)
    {
        if (string.IsNullOrEmpty(text)) return null;
        string? resource = null;
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (slash >= 0)
        {
            resource = text[(slash + 1)..];
            text = text[..slash];
            if (resource.Length == 0) return null;
        }

        string? local = null;
        var at = text.IndexOf('@', StringComparison.Ordinal);
        if (at >= 0)
        {
            local = text[..at];
            text = text[(at + 1)..];
            if (local.Length == 0) return null;
        }

        return Create(local, text, resource);
    }

    internal static Jid? Create(string? local, string domain, string? resource)
    {
        if (PrepareDomain(domain) is not { } preparedDomain) return null;
        string? preparedLocal = null, preparedResource = null;
        if (local is not null && (preparedLocal = PrepareLocal(local)) is null) return null;
        if (resource is not null && (preparedResource = PrepareResource(resource)) is null) return null;
        return new Jid(preparedLocal, preparedDomain, preparedResource);
    }

    internal static string? PrepareLocal(string local) => local.Length is 0 or > MaxPartBytes ? null : local.ToLowerInvariant();

    internal static string? PrepareDomain(string domain) => domain.Length is 0 or > MaxPartBytes ? null : domain.ToLowerInvariant().TrimEnd('.');

    internal static string? PrepareResource(string resource) => resource.Length is 0 or > MaxPartBytes ? null : resource;
}
