namespace XmppHost.Scripting.Matching;

/// <summary>The words that change how an element (or attribute) is matched.</summary>
internal enum MatchRule
{
    /// <summary><c>${absent}</c>: nothing like this may be there.</summary>
    Absent,

    /// <summary><c>${optional}</c>: it may be missing; where it is there, it must match.</summary>
    Optional,

    /// <summary><c>${exactly}</c>: nothing beyond what is written, in the order in which it is written.</summary>
    Exactly,

    /// <summary><c>${more}</c>: more than what is written may be there.</summary>
    More,

    /// <summary><c>${in order}</c>: children stand in the order in which they are written.</summary>
    InOrder,

    /// <summary><c>${any order}</c>: the order of children does not matter.</summary>
    AnyOrder,
}
