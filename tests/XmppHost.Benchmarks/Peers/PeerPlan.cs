namespace XmppHost.Benchmarks.Peers;

/// <summary>What a started server has to hold: accounts <c>u0</c> to <c>uN-1</c> of one virtual host, all with one password.</summary>
internal sealed record PeerPlan(int Accounts)
{
    /// <summary>What its upload service is to be.</summary>
    public UploadKind Uploads { get; init; } = UploadKind.Slots;

    public string Host { get; init; } = "localhost";

    public string UserPrefix { get; init; } = "u";

    public string Password { get; init; } = "bench-password";
}
