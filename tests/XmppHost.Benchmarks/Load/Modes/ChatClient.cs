using System.Buffers.Text;
using System.Diagnostics;
using System.Text;
using XmppHost.Benchmarks.Load.Measuring;
using XmppHost.Benchmarks.Load.Net;
using XmppHost.Benchmarks.Load.Protocol;

namespace XmppHost.Benchmarks.Load.Modes;

/// <summary>One end of a pair: sends its own numbered messages and takes in its partner's.</summary>
internal sealed class ChatClient(TrafficRun run, LoadOptions options, Connection connection, string jid, int index) : IElementSink, ITrafficSource
{
    private static readonly byte[] Enable = "<enable xmlns='urn:xmpp:sm:3'/>"u8.ToArray();
    private static readonly byte[] AckRequest = "<r xmlns='urn:xmpp:sm:3'/>"u8.ToArray();

    private byte[] _template = [];
    private int _bodyAt;
    private ChatClient _partner = null!;
    private int _underWay;
    private uint _stanzasIn;

    public DeliveryLedger Ledger { get; } = new();

    public string Jid => jid;

    public Connection Connection => connection;

    public List<string> Problems { get; } = [];

    /// <summary>True once the server has answered <c>enable</c>, or where that is not asked for.</summary>
    public bool IsReady { get; private set; } = options.AckEvery == 0;

    public long Acknowledged { get; private set; }

    public bool CanStart => _underWay < options.Window && !connection.IsClosed;

    public void PairWith(ChatClient partner)
    {
        _partner = partner;
        var head = Encoding.UTF8.GetBytes($"<message to='{partner.Jid}' type='chat' id='00000000'><body>");
        var filler = Encoding.UTF8.GetBytes(new StringBuilder().Insert(0, "lorem ipsum dolor sit amet ", 200).ToString(0, Math.Clamp(options.BodyBytes, ChatToken.Length, 4096) - ChatToken.Length));
        _bodyAt = head.Length;
        _template = [.. head, .. new byte[ChatToken.Length], .. filler, .. "</body></message>"u8];
        connection.Sink = this;
        if (options.AckEvery > 0) connection.Send(Enable);
    }

    public void Start()
    {
        var number = Ledger.TakeNumber();
        var room = connection.Reserve(_template.Length);
        _template.CopyTo(room);
        _ = Utf8Formatter.TryFormat(number, room[(_bodyAt - "00000000'><body>".Length)..], out _, new('x', 8));
        new ChatToken(index, number, Stopwatch.GetTimestamp()).Write(room[_bodyAt..]);
        connection.Commit(_template.Length);
        _underWay++;
        run.Started();
        if (options.AckEvery > 0 && Ledger.Sent % options.AckEvery == 0) RequestAck();
    }

    public void RequestAck() => connection.Send(AckRequest);

    public void OnElement(Connection source, ElementKind kind, ReadOnlySpan<byte> xml)
    {
        if (kind != ElementKind.Element) Problems.Add($"{jid}: the server closed the stream");
        else if (xml.StartsWith("<message"u8)) OnMessage(xml);
        else if (Markers.IsNamed(xml, "r"u8)) source.Send(Encoding.UTF8.GetBytes($"<a xmlns='urn:xmpp:sm:3' h='{_stanzasIn}'/>"));
        else if (Markers.IsNamed(xml, "a"u8)) OnAck(xml);
        else if (Markers.IsNamed(xml, "enabled"u8)) OnEnabled();
        else if (Markers.IsNamed(xml, "iq"u8) || Markers.IsNamed(xml, "presence"u8)) _stanzasIn++;
        else Problems.Add($"{jid}: {Markers.Shown(xml)}");
    }

    public void OnClosed(Connection source, string? reason)
    {
        if (reason is not null) Problems.Add($"{jid}: {reason}");
    }

    private void OnMessage(ReadOnlySpan<byte> xml)
    {
        _stanzasIn++;
        if (Markers.IsError(xml) || !ChatToken.TryFind(xml, out var token) || token.Flow != _partner.Index) Problems.Add($"{jid}: {Markers.Shown(xml)}");
        else _partner.OnDelivered(token);
    }

    private int Index => index;

    private void OnDelivered(ChatToken token)
    {
        if (!Ledger.Arrive(token.Number)) return;
        _underWay--;
        run.Answered(token.SentAt);
        run.Finished(this);
    }

    private void OnAck(ReadOnlySpan<byte> xml)
    {
        if (Utf8Parser.TryParse(Markers.Attribute(xml, "h"u8), out uint count, out _)) Acknowledged = count;
    }

    private void OnEnabled()
    {
        IsReady = true;
        _stanzasIn = 0;
    }
}
