using XmppHost.Import.Sources;

namespace XmppHost.Import.Toml;

/// <summary>Where reading is, and the blanks around it.</summary>
internal sealed class TomlCursor(string text, string file)
{
    private int _at = text is ['\uFEFF', ..] ? 1 : 0;

    internal int Line { get; private set; } = 1;

    internal Place Place => new(file, Line);

    /// <summary>The character to come; NUL at the end, where it is not a character of TOML.</summary>
    internal char Current => _at < text.Length ? text[_at] : '\0';

    internal bool IsAtEnd => _at >= text.Length;

    internal ReadOnlySpan<char> Rest => text.AsSpan(_at);

    internal char Advance()
    {
        if (IsAtEnd) return '\0';
        var c = Current;
        if (c == '\n') Line++;
        _at++;
        return c;
    }

    internal bool TryTake(string expected)
    {
        if (!Rest.StartsWith(expected, StringComparison.Ordinal)) return false;
        for (var i = 0; i < expected.Length; i++) Advance();
        return true;
    }

    internal void Expect(char expected, string of)
    {
        if (Current != expected || IsAtEnd) throw Problem($"{Shown} where '{expected}' of the {of} is expected");
        Advance();
    }

    internal string TakeWhile(Func<char, bool> belongs)
    {
        var start = _at;
        while (!IsAtEnd && belongs(Current)) Advance();
        return text[start.._at];
    }

    internal void SkipBlanks() => TakeWhile(c => c is ' ' or '\t');

    /// <summary>Blanks, comments and line ends.</summary>
    internal void SkipLines()
    {
        while (true)
        {
            TakeWhile(c => c is ' ' or '\t' or '\n' or '\r');
            if (Current != '#' || IsAtEnd) return;
            TakeWhile(c => c != '\n');
        }
    }

    internal void EndLine()
    {
        SkipBlanks();
        if (Current == '#') TakeWhile(c => c != '\n');
        TryTake("\r");
        if (!IsAtEnd && Current != '\n') throw Problem($"{Shown} where the line should end");
    }

    internal string Shown => IsAtEnd ? "the end of the file" : Current is '\n' or '\r' ? "the end of the line" : char.IsControl(Current) || char.IsSurrogate(Current) ? "a strange character" : $"'{Current}'";

    internal SourceException Problem(string problem) => new(Place, problem);
}
