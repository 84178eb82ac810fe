using System.Net.Security;
using XmppHost.Xml;

namespace XmppHost.Scripting;

/// <summary>Who a client is and how it logs in.</summary>
public sealed record ScriptedClientOptions
{
    /// <summary>user@domain, user@domain/resource, or only the domain for an anonymous login.</summary>
    public required string Jid { get; init; }

    public string? Password { get; init; }

    public TlsMode Tls { get; init; } = TlsMode.StartTls;

    /// <summary>Accept any certificate. Never the default: a test pins one with <see cref="CertificateValidation"/>.</summary>
    public bool Insecure { get; init; }

    /// <summary>Decides about the server's certificate instead of the system's trust store.</summary>
    public RemoteCertificateValidationCallback? CertificateValidation { get; init; }

    /// <summary>Permits the mechanism PLAIN on a connection without TLS.</summary>
    public bool AllowPlainWithoutTls { get; init; }

    /// <summary>The only mechanism to use; null takes the strongest one that the server offers.</summary>
    public string? Mechanism { get; init; }

    /// <summary>The only type of channel binding to use for a -PLUS mechanism; null takes the best one that both sides know.</summary>
    public string? ChannelBinding { get; init; }

    /// <summary>The most that any one wait may take: for a connection, each answer during login, each receive.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The <c>to</c> of the stream where it shall not be the JID's domain.</summary>
    public string? StreamTo { get; init; }

    public string Language { get; init; } = "en";

    public XmlLimits Limits { get; init; } = new(MaxStanzaBytes: 16 * 1024 * 1024, MaxDepth: 256, MaxAttributes: 1024);

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Is shown everything that is sent and received, passwords included.</summary>
    public Action<ScriptTraffic>? Traffic { get; init; }
}
