namespace XmppHost.Import;

public enum ImportSeverity
{
    /// <summary>Left out because there is nothing to do about it here.</summary>
    Note,

    /// <summary>Something will be different, or is left for the operator to do.</summary>
    Warning,
}
