namespace XmppHost.Benchmarks.Peers;

/// <summary>A server that can be put up for a measurement, in a temporary folder and on loopback ports of its own.</summary>
internal interface IPeer
{
    string Name { get; }

    string Description { get; }

    /// <summary>Whether it can be put up for that.</summary>
    bool Serves(UploadKind uploads) => uploads != UploadKind.Bucket;

    Task<RunningPeer> StartAsync(PeerPlan plan, CancellationToken ct);
}
