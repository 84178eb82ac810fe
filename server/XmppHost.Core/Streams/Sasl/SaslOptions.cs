namespace XmppHost.Core.Streams.Sasl;

/// <summary>How clients of one host may log in.</summary>
internal sealed record SaslOptions
{
    /// <summary>No login before TLS (RFC 7590 section 3.1).</summary>
    public bool RequireTls { get; init; } = true;

    /// <summary>PLAIN is on offer; ever only under TLS.</summary>
    public bool Plain { get; init; } = true;

    /// <summary>ANONYMOUS is on offer (XEP-0175).</summary>
    public bool Anonymous { get; init; }

    /// <summary>RFC 6120 section 6.4.5 wants 2 to 5; clients that go through the mechanisms in turn need them.</summary>
    public int MaxRetries { get; init; } = 5;

    /// <summary>PBKDF2 rounds of keys made from now on.</summary>
    public int Iterations { get; init; } = ScramKeys.DefaultIterations;
}
