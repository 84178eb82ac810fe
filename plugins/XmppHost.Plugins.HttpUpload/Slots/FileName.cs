using System.Text;

namespace XmppHost.Plugins.HttpUpload.Slots;

/// <summary>Which names a file can have, and how they are written in URLs.</summary>
internal static class FileName
{
    private const int MaxBytes = 255;

    /// <summary>Whether, or why not, files can have this name.</summary>
    internal static NameProblem Check(string? name)
    {
        if (string.IsNullOrEmpty(name)) return NameProblem.Missing;
        if (name is "." or "..") return NameProblem.IsPath;
        foreach (var c in name)
        {
            if (c is '/' or '\\') return NameProblem.IsPath;
            if (char.IsControl(c)) return NameProblem.Unreadable;
        }

        return HasLoneSurrogate(name) ? NameProblem.Unreadable : NameProblem.None;
    }

    /// <summary>At most 255 bytes of UTF-8, cut before the extension.</summary>
    internal static string Shorten(string name)
    {
        if (Encoding.UTF8.GetByteCount(name) <= MaxBytes) return name;
        var dot = name.LastIndexOf('.');
        var extension = dot > 0 && Encoding.UTF8.GetByteCount(name.AsSpan(dot)) <= 32 ? name[dot..] : "";
        var stem = new StringBuilder();
        var left = MaxBytes - Encoding.UTF8.GetByteCount(extension);
        foreach (var rune in name[..(name.Length - extension.Length)].EnumerateRunes())
        {
            if ((left -= rune.Utf8SequenceLength) < 0) break;
            stem.Append(rune);
        }

        return stem.Append(extension).ToString();
    }

    /// <summary>Every character outside a set that all services handle becomes an underscore.</summary>
    internal static string Portable(string name)
    {
        var portable = string.Create(name.Length, name, (span, from) =>
        {
            for (var i = 0; i < span.Length; i++) span[i] = char.IsAsciiLetterOrDigit(from[i]) || from[i] is '.' or '-' or '_' ? from[i] : '_';
        });
        return portable.Trim('.').Length == 0 ? "_" : portable;
    }

    /// <summary>RFC 3986: everything but unreserved characters, as upper-case hex of its UTF-8.</summary>
    internal static string Encode(string segment) => Uri.EscapeDataString(segment);

    private static bool HasLoneSurrogate(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i])) continue;
            if (i + 1 >= text.Length || !char.IsSurrogatePair(text[i], text[i + 1])) return true;
            i++;
        }

        return false;
    }
}
