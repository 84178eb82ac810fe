using System.Text.RegularExpressions;

namespace XmppHost.Scripting.Matching;

/// <summary>One <c>${...}</c>, or the literal text between two of them.</summary>
internal abstract record Placeholder
{
    /// <summary>Text that stands for itself.</summary>
    public sealed record Literal(string Text) : Placeholder;

    /// <summary><c>${name}</c>: the value of a variable.</summary>
    public sealed record Variable(string Name) : Placeholder;

    /// <summary><c>${any}</c>, <c>${1..9}</c>, <c>${/regex/}</c>, and with <paramref name="Capture"/> their <c>${name:=...}</c> form.</summary>
    /// <param name="Regex">What the text must look like.</param>
    /// <param name="Range">The bounds of a number, where there are any.</param>
    /// <param name="Capture">The variable that receives the text.</param>
    public sealed record Pattern(string Regex, NumberRange? Range = null, string? Capture = null) : Placeholder
    {
        /// <summary>The pattern as an expression that may stand among others.</summary>
        public string AsGroup(int index) => $"(?<p{index}>{Regex})";

        public bool Accepts(Group group) => Range is null || Range.Contains(group.Value);
    }

    /// <summary><c>${absent}</c> and the other words that say how to match instead of what.</summary>
    public sealed record Rule(MatchRule Kind) : Placeholder;
}
