namespace XmppHost.Testing;

/// <summary>An XMPP server that real clients are pointed at.</summary>
public interface IServerUnderTest : IAsyncDisposable
{
    /// <summary>Where a client connects and speaks STARTTLS.</summary>
    int Port { get; }

    /// <summary>Where a client connects and speaks TLS from the first byte.</summary>
    int DirectTlsPort { get; }

    /// <summary>A PEM file with what a client has to trust, for XMPP and for its uploads.</summary>
    string CertificateFile { get; }

    /// <summary>What the server has printed or logged.</summary>
    string Log { get; }

    Task AddAccountAsync(string jid, string password);
}
