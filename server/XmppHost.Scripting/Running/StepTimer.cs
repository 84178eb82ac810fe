namespace XmppHost.Scripting.Running;

/// <summary>Counts down one step's time over several waits.</summary>
internal sealed class StepTimer(TimeSpan limit, TimeProvider time)
{
    private readonly long _start = time.GetTimestamp();

    public TimeSpan Limit => limit;

    public TimeSpan Remaining
    {
        get
        {
            var left = limit - time.GetElapsedTime(_start);
            return left > TimeSpan.Zero ? left : TimeSpan.Zero;
        }
    }
}
