using System.Text.RegularExpressions;
using XmppHost.Scripting.Matching;

namespace XmppHost.Scripting.Format;

/// <summary>A step's line, taken apart, and its block.</summary>
internal sealed record StepText(ScriptBlock Block, Match Match)
{
    public int Line => Block.Head.Number;

    public string Text => Block.Head.Text;

    public string Client => this["client"]!;

    /// <summary>A named part of the line; null where it is not there.</summary>
    public string? this[string group] => Match.Groups[group] is { Success: true } found ? found.Value : null;

    public TimeSpan? Within => this["within"] is { } time ? Duration.Parse(time) : null;

    /// <summary>The block as what a client expects.</summary>
    public IReadOnlyList<ExpectedElement> Expected() => [.. XmlBlock.Read(Block.Body).Select(e => ExpectedElement.From(e.Element))];

    /// <summary>The block as what a client sends.</summary>
    public IReadOnlyList<Template> Stanzas() => [.. XmlBlock.Read(Block.Body).Select(e => Template.ParseValue(e.Source))];

    /// <summary>What stands behind the colon, or else the block, with its lines joined.</summary>
    public Template RawText()
    {
        var inline = this["raw"] ?? "";
        if (inline.Length == 0 && !Block.HasBody) throw new ScriptFormatException("the text is missing: behind the colon or in a block");
        var text = inline.Length > 0 ? inline : string.Join('\n', Block.Body.Select(l => l.Text.Trim()));
        _ = Escapes.ToBytes(text);
        return Template.ParseValue(text);
    }
}
