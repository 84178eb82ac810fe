namespace XmppHost.Scripting;

/// <summary>A <c>[Client]</c> section. Texts may contain variables.</summary>
public sealed record ClientDeclaration(string Name, int Line)
{
    public string Jid { get; init; } = "";

    public string? Password { get; init; }

    /// <summary>Added to a JID that was written without one.</summary>
    public string? Resource { get; init; }

    /// <summary>Null: as the run says, see <see cref="ScriptRunnerOptions.Tls"/>.</summary>
    public TlsMode? Tls { get; init; }

    public string? Mechanism { get; init; }

    /// <summary>How far <c>connects</c> goes.</summary>
    public LoginStage Connect { get; init; } = LoginStage.Bound;

    /// <summary>Create the account before the first step.</summary>
    public bool Register { get; init; }

    /// <summary>Permit PLAIN on a connection without TLS.</summary>
    public bool PlainWithoutTls { get; init; }

    /// <summary>The <c>to</c> of the stream, where it is not the JID's domain.</summary>
    public string? StreamTo { get; init; }

    /// <summary>host:port, where this client connects elsewhere than the others.</summary>
    public string? Server { get; init; }

    /// <summary>Kinds of stanzas that are passed over where a step does not expect them.</summary>
    public IgnoredStanzas Ignore { get; init; }

    /// <summary>The most that one step of this client may wait.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(5);
}
