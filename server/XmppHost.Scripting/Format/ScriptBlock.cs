namespace XmppHost.Scripting.Format;

/// <summary>A line that is not indented, and the indented (or blank) lines under it.</summary>
internal sealed record ScriptBlock(ScriptLine Head, IReadOnlyList<ScriptLine> Body)
{
    public bool HasBody => Body.Count > 0;

    /// <summary>Groups lines; comments between the blocks are left out, blank lines at a body's end too.</summary>
    public static IEnumerable<ScriptBlock> Split(IEnumerable<ScriptLine> lines)
    {
        ScriptLine? head = null;
        var body = new List<ScriptLine>();
        foreach (var line in lines)
        {
            if (head is not null && (line.IsIndented || line.IsBlank))
            {
                body.Add(line);
                continue;
            }

            if (line.IsBlank || line.IsComment) continue;
            if (head is { } previous) yield return new ScriptBlock(previous, Trimmed(body));
            head = line;
            body = [];
        }

        if (head is { } last) yield return new ScriptBlock(last, Trimmed(body));
    }

    private static List<ScriptLine> Trimmed(List<ScriptLine> body)
    {
        var last = body.FindLastIndex(l => !l.IsBlank);
        return body[..(last + 1)];
    }
}
