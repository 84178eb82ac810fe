using System.IO.Pipelines;
using System.Text;
using XmppHost.Scripting;
using XmppHost.Testing;
using XmppHost.Xml;

namespace XmppHost.Integration.Tests.Scripting;

/// <summary>The other end of a client, in memory: opens the stream, accepts PLAIN and a binding, and answers the rest as a test says.</summary>
internal sealed class TinyPeer(Func<XmppElement, string?> answer)
{
    public const string Header = "<stream:stream xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams' id='s1' from='localhost' version='1.0'>";

    private const string Sasl = "<stream:features><mechanisms xmlns='urn:ietf:params:xml:ns:xmpp-sasl'><mechanism>PLAIN</mechanism></mechanisms></stream:features>";
    private const string Bind = "<stream:features><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'/></stream:features>";

    private readonly XmppStreamReader _reader = new(XmlLimits.Default);
    private bool _authenticated;

    public IScriptTransport Transport => new DelegateTransport((_, _) =>
    {
        var (up, down) = (new Pipe(), new Pipe());
        _reader.Reset();
        _authenticated = false;
        _ = RunAsync(up.Reader, down.Writer.AsStream());
        return ValueTask.FromResult<Stream>(new TwoWayStream(down.Reader.AsStream(), up.Writer.AsStream()));
    });

    private async Task RunAsync(PipeReader input, Stream output)
    {
        while (true)
        {
            var read = await input.ReadAsync();
            var bytes = read.Buffer;
            while (_reader.TryRead(ref bytes, out var item) is var result && result is XmppReadResult.Element or XmppReadResult.StreamOpen or XmppReadResult.StreamClose)
            {
                var text = result switch
                {
                    XmppReadResult.StreamOpen => Header + (_authenticated ? Bind : Sasl),
                    XmppReadResult.StreamClose => "</stream:stream>",
                    _ => AnswerTo(item!),
                };
                if (text is not null) await output.WriteAsync(Encoding.UTF8.GetBytes(text));
                if (text?.EndsWith("</stream:stream>", StringComparison.Ordinal) != true) continue;
                await output.DisposeAsync();
                return;
            }

            input.AdvanceTo(bytes.Start, bytes.End);
            if (read.IsCompleted) break;
        }

        await output.DisposeAsync();
    }

    private string? AnswerTo(XmppElement element)
    {
        if (answer(element) is { } own) return own;
        if (element.Name == "auth")
        {
            _authenticated = true;
            _reader.Reset();
            return "<success xmlns='urn:ietf:params:xml:ns:xmpp-sasl'/>";
        }

        return element.FirstElement()?.Name == "bind"
            ? $"<iq type='result' id='{element.Attribute("id")}'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'><jid>romeo@localhost/orchard</jid></bind></iq>"
            : null;
    }
}
