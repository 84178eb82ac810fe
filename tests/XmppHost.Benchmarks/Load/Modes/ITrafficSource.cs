namespace XmppHost.Benchmarks.Load.Modes;

/// <summary>Something that can start one operation of the mode.</summary>
internal interface ITrafficSource
{
    bool CanStart { get; }

    void Start();
}
