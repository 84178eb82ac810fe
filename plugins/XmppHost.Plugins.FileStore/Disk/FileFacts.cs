using System.Globalization;
using System.Text;
using XmppHost.Addressing;

namespace XmppHost.Plugins.FileStore.Disk;

/// <summary>What is kept of a file beside its content, in lines of <c>name: value</c>.</summary>
/// <param name="Path"><c>random/name</c>; null in files of before it was kept.</param>
/// <param name="ContentType">As told when it was uploaded, or null.</param>
internal sealed record FileFacts(string? Path, string? ContentType)
{
    /// <summary>Of a file that another server signed for, where it said.</summary>
    public Jid? Uploader { get; init; }

    /// <summary>From then on it is not served, whether it was swept away or not.</summary>
    public DateTimeOffset? Expires { get; init; }

    /// <summary>No value has a line break in it: paths and types are checked, addresses cannot have one.</summary>
    internal string ToLines()
    {
        var lines = new StringBuilder();
        if (Path is not null) lines.Append("path: ").Append(Path).Append('\n');
        if (ContentType is not null) lines.Append("content-type: ").Append(ContentType).Append('\n');
        if (Uploader is not null) lines.Append("uploader: ").Append(Uploader).Append('\n');
        if (Expires is { } expires) lines.Append(CultureInfo.InvariantCulture, $"expires: {expires.ToUnixTimeMilliseconds()}\n");
        return lines.ToString();
    }

    /// <summary>Lines that are not known are left alone.</summary>
    internal static FileFacts Parse(ReadOnlySpan<char> lines)
    {
        var facts = new FileFacts(null, null);
        foreach (var line in lines.EnumerateLines())
        {
            if (line.IndexOf(": ") is not (> 0 and var colon)) continue;
            var value = line[(colon + 2)..].ToString();
            facts = line[..colon] switch
            {
                "path" => facts with { Path = value },
                "content-type" => facts with { ContentType = value },
                "uploader" => facts with { Uploader = Jid.TryParse(value) },
                "expires" when long.TryParse(value, NumberStyles.Integer, CultureInfo.InvariantCulture, out var at) => facts with { Expires = DateTimeOffset.FromUnixTimeMilliseconds(at) },
                _ => facts,
            };
        }

        return facts;
    }
}
