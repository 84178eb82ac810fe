namespace XmppHost.Benchmarks.Load.Measuring;

/// <summary>What one run found. A figure that the mode does not have is null.</summary>
internal sealed record LoadReport(string Mode)
{
    /// <summary>Operations completed within the measured time.</summary>
    public long Operations { get; init; }

    public double Seconds { get; init; }

    public double? OperationsPerSecond { get; init; }

    /// <summary>User and system time of the server process per operation.</summary>
    public double? ServerCpuMicroseconds { get; init; }

    /// <summary>The same of the load generator, to see that it stays the cheaper side.</summary>
    public double? ClientCpuMicroseconds { get; init; }

    /// <summary>Of the files that the operations carried.</summary>
    public long? Bytes { get; init; }

    /// <summary>The server's CPU seconds for 10^9 of these bytes.</summary>
    public double? ServerCpuSecondsPerGigabyte => ServerCpuMicroseconds * Operations * 1e3 / Bytes;

    /// <summary>The same of the load generator.</summary>
    public double? ClientCpuSecondsPerGigabyte => ClientCpuMicroseconds * Operations * 1e3 / Bytes;

    /// <summary>10^6 bytes.</summary>
    public double? MegabytesPerSecond => Bytes / Seconds / 1e6;

    public double? P50Microseconds { get; init; }

    public double? P99Microseconds { get; init; }

    public double? MaxMicroseconds { get; init; }

    public long? Sent { get; init; }

    public long? Received { get; init; }

    public long? Lost { get; init; }

    public long? Duplicated { get; init; }

    public long? OutOfOrder { get; init; }

    /// <summary>Stanzas that the server had acknowledged at the end (XEP-0198).</summary>
    public long? Acknowledged { get; init; }

    public int? Sessions { get; init; }

    public long? PssKilobytesBefore { get; init; }

    public long? PssKilobytesAfter { get; init; }

    public double? PssKilobytesPerSession { get; init; }

    /// <summary>Anything that makes the figures worthless; empty in a good run.</summary>
    public IReadOnlyList<string> Problems { get; init; } = [];
}
