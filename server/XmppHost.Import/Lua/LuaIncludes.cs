using System.IO.Enumeration;
using XmppHost.Import.Sources;

namespace XmppHost.Import.Lua;

/// <summary>The files of an <c>Include</c>: relative to the file that it stands in, with <c>*</c> and <c>?</c> in the last part.</summary>
internal static class LuaIncludes
{
    internal static IReadOnlyList<string> Find(string from, string pattern, Place place)
    {
        var folder = Path.GetDirectoryName(from) ?? "";
        var path = Path.Combine(folder, pattern);
        var name = Path.GetFileName(path);
        if (!name.Contains('*', StringComparison.Ordinal) && !name.Contains('?', StringComparison.Ordinal)) return [path];
        var parent = Path.GetDirectoryName(path) is { Length: > 0 } some ? some : ".";
        if (!Directory.Exists(parent)) throw new SourceException(place, $"there is no folder {parent}");
        return
        [
            .. Directory.EnumerateFiles(parent)
                .Where(f => Path.GetFileName(f) is var file && !file.StartsWith('.') && FileSystemName.MatchesSimpleExpression(name, file, ignoreCase: false))
                .Order(StringComparer.Ordinal),
        ];
    }
}
