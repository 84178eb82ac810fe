using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using XmppHost.Xml;

namespace XmppHost.Scripting;

/// <summary>The bytes under a client: connection, TLS, reading item by item, writing.</summary>
internal sealed class ClientConnection(IScriptTransport transport, ScriptedClientOptions options) : IDisposable
{
    private static readonly SslApplicationProtocol XmppClient = new("xmpp-client");

    private readonly StreamItemReader _reader = new(options.Limits);
    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly string _domain = JidParts.Of(options.Jid).Domain;
    private Stream? _connection;
    private Stream? _stream;

    public SslStream? Tls => _stream as SslStream;

    public bool IsOpen => _stream is not null;

    public async Task OpenAsync(CancellationToken ct)
    {
        var direct = options.Tls == TlsMode.Direct;
        _connection = _stream = await transport.ConnectAsync(new ConnectTarget(_domain, direct), ct).ConfigureAwait(false);
        _reader.Attach(_stream);
        if (direct) await StartTlsAsync(ct).ConfigureAwait(false);
    }

    /// <exception cref="ScriptedClientException">The handshake failed, or the server sent more behind <c>&lt;proceed/&gt;</c>.</exception>
    public async Task StartTlsAsync(CancellationToken ct)
    {
        if (_reader.Buffered > 0) throw new ScriptedClientException("the server sent plain text after <proceed/>");
        var tls = new SslStream(_connection!, leaveInnerStreamOpen: false);
        _stream = tls;
        try
        {
            await tls.AuthenticateAsClientAsync(TlsOptions(), ct).ConfigureAwait(false);
        }
        catch (Exception e) when (e is AuthenticationException or IOException)
        {
            throw new ScriptedClientException($"the TLS handshake with {_domain} failed: {(e.InnerException ?? e).Message}", inner: e);
        }

        _reader.Attach(tls);
    }

    public async ValueTask<StreamItem> ReadAsync(CancellationToken ct)
    {
        var item = await _reader.ReadAsync(ct).ConfigureAwait(false);
        options.Traffic?.Invoke(new ScriptTraffic(false, item.ToString()));
        return item;
    }

    public Task WriteAsync(string xml, CancellationToken ct) => WriteAsync(Encoding.UTF8.GetBytes(xml), ct);

    public async Task WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken ct)
    {
        var stream = _stream ?? throw new ScriptedClientException("the client is not connected");
        options.Traffic?.Invoke(new ScriptTraffic(true, Encoding.UTF8.GetString(bytes.Span)));
        await _writing.WaitAsync(ct).ConfigureAwait(false);
        try
        {
            await stream.WriteAsync(bytes, ct).ConfigureAwait(false);
            await stream.FlushAsync(ct).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            throw new ScriptedClientException($"the connection broke while sending: {e.Message}", inner: e);
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <summary>Ends the connection in good order: TLS says goodbye, TCP sends FIN.</summary>
    public async Task ShutdownAsync()
    {
        try
        {
            if (Tls is { IsAuthenticated: true } tls) await tls.ShutdownAsync().ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // The server was faster.
        }

        Dispose();
    }

    /// <summary>Cuts the connection as a dead network would: TCP sends RST, TLS and XMPP say nothing.</summary>
    public void Abort()
    {
        if (_connection is NetworkStream tcp) tcp.Socket.LingerState = new LingerOption(true, 0);
        _connection?.Dispose();
        _connection = _stream = null;
    }

    public void Dispose()
    {
        _stream?.Dispose();
        _connection?.Dispose();
        _connection = _stream = null;
    }

    private SslClientAuthenticationOptions TlsOptions() => new()
    {
        TargetHost = _domain,
        ApplicationProtocols = options.Tls == TlsMode.Direct ? [XmppClient] : null,
        RemoteCertificateValidationCallback = Validation.For(options.Insecure, options.CertificateValidation),
    };
}
