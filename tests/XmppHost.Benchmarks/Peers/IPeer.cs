namespace XmppHost.Benchmarks.Peers;

/// <summary>A server that can be put up for a measurement, in a temporary folder and on loopback ports of its own.</summary>
internal interface IPeer
{
    string Name { get; }

    string Description { get; }

    Task<RunningPeer> StartAsync(PeerPlan plan, CancellationToken ct);
}
