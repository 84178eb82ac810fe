namespace XmppHost.Scripting;

/// <summary>The arguments of <c>xmpphost script run</c>, as they were typed.</summary>
public sealed record ScriptCommandOptions
{
    /// <summary>Script files, and folders of which every <c>*.xmpp</c> is run, in the order of their names.</summary>
    public required IReadOnlyList<string> Paths { get; init; }

    /// <summary><c>host:port</c> for STARTTLS and plain streams; null asks the domain of each JID on port 5222.</summary>
    public string? Server { get; init; }

    /// <summary><c>host:port</c> for streams that begin with TLS; null asks port 5223 of <see cref="Server"/> or of the domain.</summary>
    public string? DirectTlsServer { get; init; }

    public bool Insecure { get; init; }

    /// <summary><c>user@domain=password</c> each.</summary>
    public IReadOnlyList<string> Accounts { get; init; } = [];

    /// <summary><c>name=value</c> each.</summary>
    public IReadOnlyList<string> Variables { get; init; } = [];

    /// <summary>Show every step and all that is sent and received; passwords stay hidden.</summary>
    public bool Verbose { get; init; }
}
