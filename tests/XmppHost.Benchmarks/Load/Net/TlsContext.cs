using System.Text;

namespace XmppHost.Benchmarks.Load.Net;

/// <summary>What all TLS connections of one run share. No session is kept, so every login pays a full handshake.</summary>
/// <param name="serverName">Who is dialled.</param>
/// <param name="protocol">The one application protocol that is offered; none where null.</param>
internal sealed class TlsContext(string serverName, string? protocol) : IDisposable
{
    /// <summary>XEP-0368 section 3.</summary>
    public const string XmppClient = "xmpp-client";

    private readonly byte[] _protocols = protocol is null ? [] : [(byte)protocol.Length, .. Encoding.ASCII.GetBytes(protocol)];

    private readonly nint _context = Create();

    public TlsTransport Open(int descriptor)
    {
        var ssl = OpenSsl.New(_context);
        _ = OpenSsl.Control(ssl, OpenSsl.ControlHostName, 0, serverName);
        if (_protocols.Length > 0) _ = OpenSsl.SetAlpn(ssl, _protocols, (uint)_protocols.Length);
        _ = OpenSsl.SetDescriptor(ssl, descriptor);
        OpenSsl.SetConnectState(ssl);
        return new TlsTransport(ssl);
    }

    public void Dispose() => OpenSsl.FreeContext(_context);

    private static nint Create()
    {
        var context = OpenSsl.NewContext(OpenSsl.ClientMethod());
        if (context == 0) throw new InvalidOperationException("OpenSSL made no context.");
        _ = OpenSsl.ControlContext(context, OpenSsl.ControlMode, OpenSsl.ModePartialWrite | OpenSsl.ModeMovingBuffer | OpenSsl.ModeReleaseBuffers, 0);
        _ = OpenSsl.ControlContext(context, OpenSsl.ControlSessionCacheMode, 0, 0);
        return context;
    }
}
