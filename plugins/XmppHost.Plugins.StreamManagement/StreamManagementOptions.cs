namespace XmppHost.Plugins.StreamManagement;

internal sealed record StreamManagementOptions : IValidatedOptions
{
    /// <summary>How long a session without a connection waits to be resumed, unless the client asks for less. 0 switches resumption off.</summary>
    public TimeSpan ResumeTimeout { get; init; } = TimeSpan.FromMinutes(10);

    public IEnumerable<(string Option, string Problem)> Validate()
    {
        if (ResumeTimeout < TimeSpan.Zero || ResumeTimeout > TimeSpan.FromDays(7)) yield return ("resumeTimeout", "is between 0 and 7 days");
    }
}
