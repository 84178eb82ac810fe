namespace XmppHost.Plugins.Tests.FileStore;

/// <summary>The system's clock, plus what a test adds to it. Timers run as they always do.</summary>
internal sealed class ShiftedTime : TimeProvider
{
    internal TimeSpan Ahead { get; set; }

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Ahead;
}
