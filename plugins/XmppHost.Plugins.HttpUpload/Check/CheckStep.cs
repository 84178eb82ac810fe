namespace XmppHost.Plugins.HttpUpload.Check;

internal enum CheckResult
{
    Ok,

    /// <summary>Not tried, because the backend has nothing of the kind or an earlier step failed.</summary>
    Skipped,

    /// <summary>Something that some clients or functions will miss.</summary>
    Warning,

    /// <summary>Uploads or downloads do not work, or more is possible than should be.</summary>
    Failed,
}

/// <summary>What one step of a check has found.</summary>
/// <param name="Name">One word.</param>
/// <param name="Text">For an operator: what is so, and where it is wrong, what to do.</param>
internal sealed record CheckStep(string Name, CheckResult Result, string Text)
{
    internal static CheckStep Ok(string name, string text) => new(name, CheckResult.Ok, text);

    internal static CheckStep Skipped(string name, string text) => new(name, CheckResult.Skipped, text);

    internal static CheckStep Warning(string name, string text) => new(name, CheckResult.Warning, text);

    internal static CheckStep Failed(string name, string text) => new(name, CheckResult.Failed, text);

    public override string ToString() => $"{Result switch
    {
        CheckResult.Ok => "ok     ",
        CheckResult.Skipped => "-      ",
        CheckResult.Warning => "WARNING",
        _ => "FAILED ",
    }} {Name,-11} {Text}";
}
