using System.Globalization;

namespace XmppHost.Scripting;

/// <summary>A host name or IP address and a port.</summary>
public sealed record ServerAddress(string Host, int Port)
{
    public const int ClientPort = 5222;

    public const int DirectTlsPort = 5223;

    /// <summary>Reads <c>host</c>, <c>host:port</c>, <c>[::1]:port</c>; null when it is none of them.</summary>
    public static ServerAddress? TryParse(string text, int defaultPort = ClientPort)
    {
        var end = text.StartsWith('[') ? text.IndexOf(']', StringComparison.Ordinal) + 1 : text.IndexOf(':', StringComparison.Ordinal);
        if (end <= 0 && (text.Length == 0 || text[0] is '[' or ':')) return null;
        if (end < 0 || end == text.Length) return new ServerAddress(text.Trim('[', ']'), defaultPort);

        var valid = text[end] == ':' && int.TryParse(text.AsSpan(end + 1), NumberStyles.None, CultureInfo.InvariantCulture, out _);
        if (!valid) return null;
        var port = int.Parse(text.AsSpan(end + 1), CultureInfo.InvariantCulture);
        return port is > 0 and <= 65535 ? new ServerAddress(text[..end].Trim('[', ']'), port) : null;
    }

    public override string ToString() => Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]:{Port}" : $"{Host}:{Port}";
}
