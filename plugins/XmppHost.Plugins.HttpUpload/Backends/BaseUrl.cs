namespace XmppHost.Plugins.HttpUpload.Backends;

/// <summary>URLs that others are appended to.</summary>
internal static class BaseUrl
{
    /// <summary>Null, or why nothing can be appended to it.</summary>
    internal static string? ProblemOf(Uri url)
    {
        if (!url.IsAbsoluteUri || url.Scheme is not ("http" or "https")) return "is an http or https URL";
        if (url.UserInfo.Length > 0) return "has no user and password in it";
        return url.Query.Length + url.Fragment.Length > 0 ? "has no query and no fragment" : null;
    }

    /// <summary>ASCII as RFC 3986 wants it, with a slash at its end.</summary>
    internal static string Text(Uri url) => Origin(url) + (url.AbsolutePath.EndsWith('/') ? url.AbsolutePath : url.AbsolutePath + "/");

    /// <summary>Scheme, host and, where it is not the scheme's own, port.</summary>
    internal static string Origin(Uri url) => $"{url.Scheme}://{Host(url)}{Port(url)}";

    internal static string Port(Uri url) => url.IsDefaultPort ? "" : FormattableString.Invariant($":{url.Port}");

    /// <summary>The URL of a key: every segment percent-encoded.</summary>
    internal static string Append(string baseUrl, string key) => baseUrl + string.Join('/', key.Split('/').Select(Slots.FileName.Encode));

    /// <summary>The key in a URL that starts with the base; null for any other. A query is ignored.</summary>
    internal static string? KeyOf(string baseUrl, Uri url)
    {
        var text = url.IsAbsoluteUri ? url.GetLeftPart(UriPartial.Path) : "";
        return text.Length > baseUrl.Length && text.StartsWith(baseUrl, StringComparison.OrdinalIgnoreCase) ? Uri.UnescapeDataString(text[baseUrl.Length..]) : null;
    }

    // IdnHost has no brackets around an IPv6 address.
    internal static string Host(Uri url) => url.HostNameType == UriHostNameType.IPv6 ? url.Host : url.IdnHost;
}
