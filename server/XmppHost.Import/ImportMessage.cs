namespace XmppHost.Import;

/// <param name="Place">FILE:LINE of the config that was read.</param>
public sealed record ImportMessage(ImportSeverity Severity, string Place, string Text)
{
    /// <summary>As compilers write it.</summary>
    public override string ToString() => $"{Place}: {(Severity == ImportSeverity.Warning ? "warning" : "note")}: {Text}";
}
