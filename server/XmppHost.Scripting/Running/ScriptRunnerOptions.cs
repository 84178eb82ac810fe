using System.Net.Security;

namespace XmppHost.Scripting;

/// <summary>What a run adds to the script: where, with which accounts, how trusting.</summary>
public sealed record ScriptRunnerOptions
{
    /// <summary>Accept any certificate, of the XMPP server and of HTTPS URLs.</summary>
    public bool Insecure { get; init; }

    /// <summary>Of clients whose script does not say. <see cref="TlsMode.None"/> is for a transport that needs no encryption.</summary>
    public TlsMode Tls { get; init; } = TlsMode.StartTls;

    /// <summary>Decides about certificates instead of the system's trust store.</summary>
    public RemoteCertificateValidationCallback? CertificateValidation { get; init; }

    /// <summary>Passwords by bare JID; they go before those of the script, and such an account is not registered.</summary>
    public IReadOnlyDictionary<string, string> Accounts { get; init; } = new Dictionary<string, string>();

    /// <summary>Variables; they go before those of the script.</summary>
    public IReadOnlyDictionary<string, string> Variables { get; init; } = new Dictionary<string, string>();

    /// <summary>Creates the account (bare JID, password) of a client with <c>register: yes</c>, or accepts that it exists. Null registers in-band (XEP-0077).</summary>
    public Func<string, string, CancellationToken, Task>? CreateAccount { get; init; }

    /// <summary>Makes the handler of the HTTP steps; null makes one on sockets.</summary>
    public Func<HttpMessageHandler>? HttpHandler { get; init; }

    /// <summary>Is shown what each client sends and receives, passwords included.</summary>
    public Action<string, ScriptTraffic>? Traffic { get; init; }

    /// <summary>Is told of each step when it has ended.</summary>
    public Action<StepResult>? Progress { get; init; }

    public TimeProvider Time { get; init; } = TimeProvider.System;
}
