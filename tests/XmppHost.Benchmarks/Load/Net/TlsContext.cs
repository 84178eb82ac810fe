namespace XmppHost.Benchmarks.Load.Net;

/// <summary>What all TLS connections of one run share. No session is kept, so every login pays a full handshake.</summary>
internal sealed class TlsContext(string serverName) : IDisposable
{
    private static readonly byte[] XmppClient = [11, .. "xmpp-client"u8];

    private readonly nint _context = Create();

    public TlsTransport Open(int descriptor)
    {
        var ssl = OpenSsl.New(_context);
        _ = OpenSsl.Control(ssl, OpenSsl.ControlHostName, 0, serverName);
        _ = OpenSsl.SetAlpn(ssl, XmppClient, (uint)XmppClient.Length);   // XEP-0368 section 3
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
