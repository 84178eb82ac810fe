namespace XmppHost.Benchmarks.Load.Net;

/// <summary>Work that is due at a time instead of in answer to bytes.</summary>
internal interface IPacer
{
    /// <summary>The stopwatch time at which <see cref="Tick"/> wants to be called next.</summary>
    long NextDue { get; }

    void Tick(long now);
}
