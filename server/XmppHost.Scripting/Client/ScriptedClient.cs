using System.Globalization;
using System.Net.Security;
using System.Text;
using XmppHost.Xml;

namespace XmppHost.Scripting;

/// <summary>
/// An XMPP client that does what it is told and nothing else: it answers no IQ, acknowledges no stanza and reads only while someone
/// waits for a stanza. Every wait ends with <see cref="ScriptedClientException"/> when its time is up.
/// </summary>
public sealed class ScriptedClient : IAsyncDisposable
{
    private readonly ScriptedClientOptions _options;
    private readonly ClientConnection _connection;
    private readonly ReceiptCounter _receipts = new();
    private readonly Inbox _inbox;
    private readonly JidParts _jid;
    private int _lastId;

    public ScriptedClient(IScriptTransport transport, ScriptedClientOptions options)
    {
        _options = options;
        _jid = JidParts.Of(options.Jid);
        _connection = new ClientConnection(transport, options);
        _inbox = new Inbox(_connection, _receipts, options.Time);
        Jid = options.Jid;
    }

    /// <summary>The full JID that the server bound; before that, the one that was asked for.</summary>
    public string Jid { get; private set; }

    public string BareJid => JidParts.Of(Jid).Bare;

    public string Resource => JidParts.Of(Jid).Resource;

    public string Domain => _jid.Domain;

    public bool IsConnected => _connection.IsOpen;

    /// <summary>The attributes of the server's latest stream header.</summary>
    public XmppElement? Header { get; private set; }

    /// <summary>The latest <c>&lt;stream:features/&gt;</c>.</summary>
    public XmppElement? Features { get; private set; }

    /// <summary>The TLS stream, for what was negotiated; null without TLS.</summary>
    public SslStream? Tls => _connection.Tls;

    /// <summary>XEP-0198: stanzas read since <c>&lt;enabled/&gt;</c>, the <c>h</c> of an acknowledgement. Kept when the connection is lost.</summary>
    public uint Handled => _receipts.Handled;

    /// <summary>XEP-0198: the <c>previd</c> for a resumption, once <c>&lt;enabled/&gt;</c> was read.</summary>
    public string? ResumptionId => _receipts.ResumptionId;

    /// <summary>A client that is logged in as far as <paramref name="stage"/>.</summary>
    public static async Task<ScriptedClient> LoginAsync(IScriptTransport transport, ScriptedClientOptions options, LoginStage stage = LoginStage.Bound, CancellationToken ct = default)
    {
        var client = new ScriptedClient(transport, options);
        try
        {
            await client.ConnectAsync(stage, ct).ConfigureAwait(false);
            return client;
        }
        catch
        {
            await client.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Connects and logs in as far as <paramref name="stage"/>. A connection that is still open is dropped first.</summary>
    public async Task ConnectAsync(LoginStage stage = LoginStage.Bound, CancellationToken ct = default)
    {
        _connection.Abort();
        _inbox.Clear();
        using var deadline = new Deadline(_options.Timeout, _options.Time, ct);
        var login = new LoginSequence(_connection, _options, deadline.Token);
        try
        {
            await login.RunAsync(stage).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (deadline.Passed)
        {
            throw new ScriptedClientException($"{_options.Jid} was not connected ({stage}) within {Seconds(_options.Timeout)}");
        }

        Header = login.Header;
        Features = login.Features;
        Jid = login.BoundJid ?? _options.Jid;
    }

    /// <summary>Sends text as it is: one stanza, several, or something that no XML parser would take.</summary>
    public Task SendAsync(string xml, CancellationToken ct = default) => SendBytesAsync(Encoding.UTF8.GetBytes(xml), ct);

    public Task SendAsync(XmppElement stanza, CancellationToken ct = default) => SendAsync(StreamHeader.InStream(stanza), ct);

    /// <summary>Sends bytes, UTF-8 or not.</summary>
    public async Task SendBytesAsync(ReadOnlyMemory<byte> bytes, CancellationToken ct = default)
    {
        using var deadline = new Deadline(_options.Timeout, _options.Time, ct);
        try
        {
            await _connection.WriteAsync(bytes, deadline.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (deadline.Passed)
        {
            throw new ScriptedClientException($"the server did not take what was sent within {Seconds(_options.Timeout)}");
        }
    }

    /// <summary>The next element, whatever it is.</summary>
    public async Task<XmppElement> ReceiveAsync(TimeSpan? timeout = null, CancellationToken ct = default)
    {
        var item = await ReceiveItemAsync(timeout, ct).ConfigureAwait(false);
        return item.Kind == StreamItemKind.Element ? item.Element! : throw new ScriptedClientException($"expected a stanza, received {item}");
    }

    /// <summary>The first element that matches. Others stay in their order for later receives.</summary>
    public async Task<XmppElement> ReceiveAsync(Func<XmppElement, bool> match, TimeSpan? timeout = null, CancellationToken ct = default)
    {
        var limit = timeout ?? _options.Timeout;
        var item = await _inbox.TakeAsync(i => i.Element is { } e && i.Kind == StreamItemKind.Element && match(e), limit, ct).ConfigureAwait(false);
        return item?.Element ?? throw new ScriptedClientException($"no such stanza came within {Seconds(limit)}");
    }

    /// <summary>The next item, the ends of stream and connection included.</summary>
    public async Task<StreamItem> ReceiveItemAsync(TimeSpan? timeout = null, CancellationToken ct = default) =>
        await TryReceiveItemAsync(timeout, ct).ConfigureAwait(false)
        ?? throw new ScriptedClientException($"nothing came within {Seconds(timeout ?? _options.Timeout)}");

    /// <summary>The next item, or null when none came in time.</summary>
    public Task<StreamItem?> TryReceiveItemAsync(TimeSpan? timeout = null, CancellationToken ct = default) =>
        _inbox.TakeAsync(_ => true, timeout ?? _options.Timeout, ct);

    /// <summary>Sends an IQ request (giving it an <c>id</c> where it has none) and returns the result or error that answers it.</summary>
    public async Task<XmppElement> IqAsync(XmppElement request, TimeSpan? timeout = null, CancellationToken ct = default)
    {
        var id = request.Attribute("id") ?? string.Create(CultureInfo.InvariantCulture, $"iq-{Interlocked.Increment(ref _lastId)}");
        await SendAsync(request.With("id", id), ct).ConfigureAwait(false);
        return await ReceiveAsync(e => e.Is("iq", XmlNs.Client) && e.Attribute("id") == id && e.Attribute("type") is "result" or "error", timeout, ct).ConfigureAwait(false);
    }

    /// <inheritdoc cref="IqAsync(XmppElement, TimeSpan?, CancellationToken)"/>
    public Task<XmppElement> IqAsync(string request, TimeSpan? timeout = null, CancellationToken ct = default) =>
        IqAsync(XmppStreamReader.Parse(request, XmlNs.Client), timeout, ct);

    /// <summary>The next element, which must match a stanza written as in a script (<see cref="StanzaPattern"/>); captures are added to <paramref name="values"/>.</summary>
    public async Task<XmppElement> ExpectAsync(string pattern, IDictionary<string, string>? values = null, TimeSpan? timeout = null, CancellationToken ct = default)
    {
        var expected = StanzaPattern.Parse(pattern);
        var received = await ReceiveAsync(timeout, ct).ConfigureAwait(false);
        return expected.Explain(received, values) is { } difference ? throw new ScriptedClientException(difference, received) : received;
    }

    /// <summary>Fails if anything comes within the time, 300 ms unless told otherwise.</summary>
    public async Task ExpectNothingAsync(TimeSpan? within = null, CancellationToken ct = default)
    {
        var item = await TryReceiveItemAsync(within ?? TimeSpan.FromMilliseconds(300), ct).ConfigureAwait(false);
        if (item is { } unexpected) throw new ScriptedClientException($"expected nothing, received {unexpected}", unexpected.Element);
    }

    /// <summary>Waits for a stream error, passing over what comes before it, and returns its defined condition.</summary>
    public async Task<string> ExpectStreamErrorAsync(TimeSpan? timeout = null, CancellationToken ct = default)
    {
        var error = await ReceiveAsync(e => e.Is("error", XmlNs.Streams), timeout, ct).ConfigureAwait(false);
        return StanzaErrors.ConditionOf(error) ?? "";
    }

    /// <summary>Waits until the server has closed the stream or the connection, passing over what comes before.</summary>
    public async Task ExpectCloseAsync(TimeSpan? timeout = null, CancellationToken ct = default)
    {
        var limit = timeout ?? _options.Timeout;
        var closed = await _inbox.TakeAsync(i => i.Kind is StreamItemKind.StreamClose or StreamItemKind.ConnectionClosed, limit, ct).ConfigureAwait(false);
        if (closed is null) throw new ScriptedClientException($"the server did not close the stream within {Seconds(limit)}");
    }

    /// <summary>Asks to continue the stream of the latest <c>&lt;enabled/&gt;</c> (XEP-0198 section 5) on a new connection; the answer is left to be received.</summary>
    public async Task ResumeAsync(CancellationToken ct = default)
    {
        var resume = _receipts.Resume() ?? throw new ScriptedClientException("there is no stream to resume: no <enabled/> with an id was received");
        var bound = Jid;
        await ConnectAsync(LoginStage.Authenticated, ct).ConfigureAwait(false);
        Jid = bound;
        await SendAsync(resume, ct).ConfigureAwait(false);
    }

    /// <summary>Starts the TLS handshake now, for a test that sent <c>&lt;starttls/&gt;</c> itself.</summary>
    public async Task StartTlsAsync(CancellationToken ct = default)
    {
        using var deadline = new Deadline(_options.Timeout, _options.Time, ct);
        await _connection.StartTlsAsync(deadline.Token).ConfigureAwait(false);
    }

    /// <summary>Creates the account (XEP-0077 section 3) on a stream at <see cref="LoginStage.Secured"/> and returns the server's answer.</summary>
    public Task<XmppElement> RegisterAsync(CancellationToken ct = default)
    {
        const string ns = "jabber:iq:register";
        var query = new XmppElement("query", ns)
            .Add(new XmppElement("username", ns).Add(_jid.Local))
            .Add(new XmppElement("password", ns).Add(_options.Password));
        return IqAsync(new XmppElement("iq", XmlNs.Client).With("type", "set").With("to", _jid.Domain).Add(query), ct: ct);
    }

    /// <summary>Closes the stream and waits for the server to close it too. What came meanwhile can still be received until the next login.</summary>
    public async Task CloseAsync(CancellationToken ct = default)
    {
        if (!IsConnected) return;
        try
        {
            await SendAsync(StreamHeader.Close, ct).ConfigureAwait(false);
            if (!_inbox.Ended) await ExpectCloseAsync(ct: ct).ConfigureAwait(false);
        }
        catch (ScriptedClientException) when (_inbox.Ended)
        {
            // The server closed first and did not wait for us.
        }

        await _connection.ShutdownAsync().ConfigureAwait(false);
    }

    /// <summary>Cuts the connection without a word.</summary>
    public Task DropAsync()
    {
        _connection.Abort();
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        _connection.Dispose();
        _inbox.Dispose();
        return ValueTask.CompletedTask;
    }

    private static string Seconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.###} s");
}
