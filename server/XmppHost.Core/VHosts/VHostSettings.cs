using System.ComponentModel.DataAnnotations;

namespace XmppHost.Core.VHosts;

/// <summary>Config section <c>auth</c> of a host.</summary>
public sealed record AuthOptions
{
    /// <summary>Log in and everything else only after STARTTLS or over direct TLS.</summary>
    public bool RequireTls { get; init; } = true;

    /// <summary>Offer PLAIN beside SCRAM, under TLS only: for clients that know nothing else.</summary>
    public bool Plain { get; init; } = true;

    /// <summary>PBKDF2 rounds of the SCRAM keys made from now on: more make a stolen database slower to attack, and logins slower for the client.</summary>
    [Range(4096, 10_000_000)]
    public int ScramIterations { get; init; } = 10_000;

    /// <summary>Let anyone in without an account, under a random name (RFC 4505).</summary>
    public bool Anonymous { get; init; }

    /// <summary>What happens when a client binds a resource that its account has bound already.</summary>
    public ResourceConflict ResourceConflict { get; init; } = ResourceConflict.Replace;
}

/// <summary>RFC 6120 section 7.7.2.2.</summary>
public enum ResourceConflict
{
    /// <summary>The older session ends with the stream error <c>&lt;conflict/&gt;</c>.</summary>
    Replace,

    /// <summary>The newer session gets another resource.</summary>
    Generate,

    /// <summary>The newer session is refused.</summary>
    Refuse,
}

/// <param name="Name">The domain, prepared.</param>
/// <param name="PublicUrl">Base of URLs handed to clients, with a trailing slash; null without HTTP.</param>
/// <param name="Auth">How clients log in.</param>
public sealed record VHostSettings(string Name, Uri? PublicUrl, AuthOptions Auth);
