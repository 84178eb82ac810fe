using XmppHost.Scripting.Format;

namespace XmppHost.Scripting;

/// <summary>Reads script files.</summary>
public static class ScriptParser
{
    /// <exception cref="ScriptSyntaxException">The file is not a script; every problem is named with its line.</exception>
    /// <exception cref="IOException">It cannot be read at all.</exception>
    public static Script ParseFile(string path) => Parse(path, File.ReadAllText(path));

    /// <inheritdoc cref="ParseFile"/>
    public static Script Parse(string file, string text)
    {
        var problems = new ProblemList(file);
        var lines = text.ReplaceLineEndings("\n").Split('\n').Select((l, i) => new ScriptLine(i + 1, l.TrimEnd())).ToList();
        var separator = lines.FindIndex(l => l.IsSeparator);
        if (separator < 0)
        {
            problems.Add(lines.Count, "there is no line of dashes (---) between the clients and the steps");
            separator = lines.Count - 1;
        }

        var header = new HeaderParser(problems);
        header.Parse(lines[..separator]);
        var steps = new StepParser(problems, header.Clients).Parse(lines[(separator + 1)..]);
        problems.ThrowIfAny();
        var (title, proves) = ReadComment(lines);
        return new Script(file, title, proves, header.Limit, header.Variables, header.Clients, steps);
    }

    // The first comment's first line is the title. A "Proves:" list may go on over several lines.
    private static (string Title, string[] Proves) ReadComment(List<ScriptLine> lines)
    {
        const string marker = "Proves:";
        var comment = lines.SkipWhile(l => l.IsBlank).TakeWhile(l => l.IsComment).Select(l => l.Text.TrimStart('#').Trim()).ToList();
        var title = comment.FirstOrDefault(l => l.Length > 0 && !l.StartsWith(marker, StringComparison.Ordinal)) ?? "";
        var start = comment.FindIndex(l => l.StartsWith(marker, StringComparison.Ordinal));
        if (start < 0) return (title, []);
        var list = string.Join(' ', comment.Skip(start).TakeWhile(l => l.Length > 0))[marker.Length..];
        return (title, list.Split([';', ','], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
    }
}
