namespace XmppHost.Scripting.Matching;

/// <summary>One attribute of an expected element.</summary>
internal sealed record ExpectedAttribute(string Name, string Namespace, Template Value)
{
    public bool IsAbsent => Value.Rules.Contains(MatchRule.Absent);

    public bool IsOptional => Value.Rules.Contains(MatchRule.Optional);
}
