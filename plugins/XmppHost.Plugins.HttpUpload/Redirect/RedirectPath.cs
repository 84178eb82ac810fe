using System.Globalization;
using XmppHost.Hosting;

namespace XmppHost.Plugins.HttpUpload.Redirect;

/// <summary>URLs of files in a private bucket, on the server's own endpoint: <c>/download/HOST/KEY</c>.</summary>
internal static class RedirectPath
{
    // No key is longer than 1024 bytes, and a byte is three characters at most.
    private const int MaxLength = 4096;

    /// <summary>The host in the path, in ASCII.</summary>
    internal static string Label(IVHost host) => Uri.CheckHostName(host.Name) == UriHostNameType.Dns ? new IdnMapping().GetAscii(host.Name) : host.Name;

    /// <summary>What a key is appended to, percent-encoded, with a slash at its end.</summary>
    internal static string BaseUrl(IVHost host) => host.PublicUrl is { } url
        ? new Uri(url, $"download/{Uri.EscapeDataString(Label(host))}/").AbsoluteUri
        : throw new InvalidOperationException("getMode redirect needs an http or https endpoint, or the host's publicUrl");

    /// <summary>The key in the request's target, or null where there cannot be one.</summary>
    internal static string? KeyOf(string rawTarget, string label)
    {
        if (rawTarget.Length > MaxLength) return null;

        // RFC 9112 section 3.2.2: a request through a proxy names the whole URL.
        if (rawTarget.Split("://", 2) is [var scheme, var rest] && !scheme.Contains('/')) rawTarget = rest[Math.Max(0, rest.IndexOf('/'))..];
        var segments = rawTarget.Split('?', 2)[0].Split('/').Select(Uri.UnescapeDataString).ToArray();
        if (segments is not ["", "download", var host, _, _, ..] || !host.Equals(label, StringComparison.OrdinalIgnoreCase)) return null;
        return segments[3..].Any(s => s is "" or "." or ".." || s.Any(c => char.IsControl(c) || c is '/' or '\\')) ? null : string.Join('/', segments[3..]);
    }
}
