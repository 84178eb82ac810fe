namespace XmppHost.Scripting.Matching;

/// <summary>How strictly an element's content is compared.</summary>
/// <param name="Exact">Nothing beyond what is written may be there.</param>
/// <param name="InOrder">Children come in the order in which they are written.</param>
internal readonly record struct MatchScope(bool Exact, bool InOrder)
{
    public static MatchScope Subset => new(false, false);

    public static MatchScope Exactly => new(true, true);

    public MatchScope With(MatchRule rule) => rule switch
    {
        MatchRule.Exactly => Exactly,
        MatchRule.More => this with { Exact = false },
        MatchRule.InOrder => this with { InOrder = true },
        MatchRule.AnyOrder => this with { InOrder = false },
        _ => this,
    };
}
