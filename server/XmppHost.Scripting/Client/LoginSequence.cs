using XmppHost.Scripting.Sasl;
using XmppHost.Xml;

namespace XmppHost.Scripting;

/// <summary>Stream negotiation up to a stage, RFC 6120 sections 4 to 7 from the client's side.</summary>
internal sealed class LoginSequence(ClientConnection connection, ScriptedClientOptions options, CancellationToken ct)
{
    private const string TlsNamespace = "urn:ietf:params:xml:ns:xmpp-tls";
    private const string SaslNamespace = "urn:ietf:params:xml:ns:xmpp-sasl";
    private const string BindNamespace = "urn:ietf:params:xml:ns:xmpp-bind";

    private readonly JidParts _jid = JidParts.Of(options.Jid);

    /// <summary>The attributes of the server's latest opening tag.</summary>
    public XmppElement? Header { get; private set; }

    public XmppElement? Features { get; private set; }

    /// <summary>The full JID, once bound.</summary>
    public string? BoundJid { get; private set; }

    public async Task RunAsync(LoginStage stage)
    {
        await connection.OpenAsync(ct).ConfigureAwait(false);
        if (stage == LoginStage.Connection) return;
        await OpenStreamAsync().ConfigureAwait(false);
        if (stage == LoginStage.Stream) return;
        if (options.Tls == TlsMode.StartTls) await SecureAsync().ConfigureAwait(false);
        if (stage == LoginStage.Secured) return;
        await AuthenticateAsync().ConfigureAwait(false);
        if (stage == LoginStage.Bound) await BindAsync(_jid.Resource).ConfigureAwait(false);
    }

    private async Task OpenStreamAsync()
    {
        await connection.WriteAsync(StreamHeader.For(options), ct).ConfigureAwait(false);
        var open = await connection.ReadAsync(ct).ConfigureAwait(false);
        if (open.Kind != StreamItemKind.StreamOpen) throw new ScriptedClientException($"expected a stream header, received {open}", open.Element);
        Header = open.Element;
        Features = await ReadAsync("features", XmlNs.Streams).ConfigureAwait(false);
    }

    private async Task SecureAsync()
    {
        if (Features!.Element("starttls", TlsNamespace) is null)
            throw new ScriptedClientException("the server does not offer STARTTLS", Features);
        await connection.WriteAsync($"<starttls xmlns='{TlsNamespace}'/>", ct).ConfigureAwait(false);
        await ReadAsync("proceed", TlsNamespace).ConfigureAwait(false);
        await connection.StartTlsAsync(ct).ConfigureAwait(false);
        await OpenStreamAsync().ConfigureAwait(false);
    }

    private async Task AuthenticateAsync()
    {
        var exchange = SaslSelection.Choose(options, Features!, connection.Tls);
        var auth = new XmppElement("auth", SaslNamespace).With("mechanism", exchange.Mechanism).Add(Encode(exchange.Begin()));
        await connection.WriteAsync(auth.ToString(), ct).ConfigureAwait(false);
        while (true)
        {
            var answer = await ReadElementAsync().ConfigureAwait(false);
            if (answer.Is("success", SaslNamespace))
            {
                if (exchange.Verify(Decode(answer.Text)) is { } problem) throw new ScriptedClientException(problem, answer);
                break;
            }

            if (!answer.Is("challenge", SaslNamespace))
                throw new ScriptedClientException($"{exchange.Mechanism} as {_jid.Bare} was refused: {StanzaErrors.ConditionOf(answer) ?? answer.ToString()}", answer);
            var challenge = Decode(answer.Text);
            var response = exchange.Answer(challenge);
            await connection.WriteAsync(new XmppElement("response", SaslNamespace).Add(Convert.ToBase64String(response)).ToString(), ct).ConfigureAwait(false);
        }

        await OpenStreamAsync().ConfigureAwait(false);
    }

    /// <summary>RFC 6120 section 7; an empty resource lets the server choose.</summary>
    public async Task BindAsync(string resource)
    {
        var request = new XmppElement("bind", BindNamespace);
        if (resource.Length > 0) request = request.Add(new XmppElement("resource", BindNamespace).Add(resource));
        var iq = new XmppElement("iq", XmlNs.Client).With("type", "set").With("id", "bind").Add(request);
        await connection.WriteAsync(StreamHeader.InStream(iq), ct).ConfigureAwait(false);
        var answer = await ReadElementAsync().ConfigureAwait(false);
        BoundJid = answer.Element("bind", BindNamespace)?.Element("jid", BindNamespace)?.Text;
        if (answer.Attribute("type") != "result" || BoundJid is null)
            throw new ScriptedClientException($"no resource was bound: {answer}", answer);
    }

    private async Task<XmppElement> ReadAsync(string name, string ns)
    {
        var element = await ReadElementAsync().ConfigureAwait(false);
        return element.Is(name, ns) ? element : throw new ScriptedClientException($"expected <{name}/>, received {element}", element);
    }

    private async Task<XmppElement> ReadElementAsync()
    {
        var item = await connection.ReadAsync(ct).ConfigureAwait(false);
        return item.Kind == StreamItemKind.Element ? item.Element! : throw new ScriptedClientException($"the login ended with {item}");
    }

    // RFC 6120 section 6.4.2: an initial response of zero bytes is a single equals sign.
    private static string Encode(byte[] initial) => initial.Length == 0 ? "=" : Convert.ToBase64String(initial);

    private static byte[] Decode(string text)
    {
        try
        {
            return text is "" or "=" ? [] : Convert.FromBase64String(text);
        }
        catch (FormatException)
        {
            throw new ScriptedClientException($"the server's SASL data is not base64: {text}");
        }
    }
}
