namespace XmppHost.Import.Sources;

/// <summary>A value of a config file, whatever language that is written in.</summary>
internal abstract record SourceValue(Place Place)
{
    /// <summary>How a message calls it; never its content, which may be a secret.</summary>
    internal abstract string Kind { get; }

    internal sealed record Text(Place Place, string Value) : SourceValue(Place)
    {
        internal override string Kind => "a text";
    }

    internal sealed record Number(Place Place, decimal Value) : SourceValue(Place)
    {
        internal override string Kind => "a number";
    }

    internal sealed record Flag(Place Place, bool Value) : SourceValue(Place)
    {
        internal override string Kind => "true or false";
    }

    internal sealed record Nothing(Place Place) : SourceValue(Place)
    {
        internal override string Kind => "nothing";
    }

    /// <summary>A list, a map, or both at once, as Lua has it.</summary>
    internal sealed record Table(Place Place, IReadOnlyList<SourceValue> Items, OptionMap Named) : SourceValue(Place)
    {
        internal override string Kind => Named.Count > 0 ? "a table with names" : "a list";
    }

    /// <summary>What the other server would have looked up when it started.</summary>
    internal sealed record Elsewhere(Place Place, ElsewhereKind Where, string Name) : SourceValue(Place)
    {
        internal override string Kind => Where switch
        {
            ElsewhereKind.Environment => $"the environment variable {Name}",
            ElsewhereKind.File => $"the content of {Name}",
            _ => $"the credential {Name}",
        };
    }
}
