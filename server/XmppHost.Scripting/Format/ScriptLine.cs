namespace XmppHost.Scripting.Format;

/// <summary>A line of a script file.</summary>
/// <param name="Number">Counted from 1.</param>
/// <param name="Text">Without the white space at its end.</param>
internal readonly record struct ScriptLine(int Number, string Text)
{
    public bool IsBlank => Text.Length == 0;

    public bool IsIndented => Text.Length > 0 && char.IsWhiteSpace(Text[0]);

    public bool IsComment => Text.StartsWith('#');

    public bool IsSeparator => Text.Length >= 3 && Text.All(c => c == '-');
}
