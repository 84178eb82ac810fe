using System.Buffers.Text;
using System.Diagnostics;
using System.Text;
using XmppHost.Benchmarks.Load.Measuring;
using XmppHost.Benchmarks.Load.Net;
using XmppHost.Benchmarks.Load.Protocol;

namespace XmppHost.Benchmarks.Load.Modes;

/// <summary>Asks for upload slots (XEP-0363 section 5); the id carries number and time.</summary>
internal sealed class SlotClient : IElementSink, ITrafficSource
{
    private const int IdLength = 24;

    private readonly TrafficRun _run;
    private readonly LoadOptions _options;
    private readonly byte[] _template;
    private readonly int _idAt;
    private int _underWay;

    public SlotClient(TrafficRun run, LoadOptions options, Connection connection)
    {
        _run = run;
        _options = options;
        Connection = connection;
        var head = Encoding.UTF8.GetBytes($"<iq type='get' to='{options.UploadService ?? "upload." + options.Host}' id='");
        _idAt = head.Length;
        _template = [.. head, .. new byte[IdLength], .. "'><request xmlns='urn:xmpp:http:upload:0' filename='holiday photo.jpg' size='23456' content-type='image/jpeg'/></iq>"u8];
        connection.Sink = this;
    }

    public Connection Connection { get; }

    public DeliveryLedger Ledger { get; } = new();

    public List<string> Problems { get; } = [];

    public bool CanStart => _underWay < _options.Window && !Connection.IsClosed && Problems.Count < 100;

    public void Start()
    {
        var room = Connection.Reserve(_template.Length);
        _template.CopyTo(room);
        _ = Utf8Formatter.TryFormat(Ledger.TakeNumber(), room[_idAt..], out _, new('x', 8));
        _ = Utf8Formatter.TryFormat(Stopwatch.GetTimestamp(), room[(_idAt + 8)..], out _, new('x', 16));
        Connection.Commit(_template.Length);
        _underWay++;
        _run.Started();
    }

    public void OnElement(Connection source, ElementKind kind, ReadOnlySpan<byte> xml)
    {
        if (kind != ElementKind.Element) Problems.Add("the server closed the stream");
        else if (Markers.IsNamed(xml, "iq"u8)) OnIq(xml);
    }

    public void OnClosed(Connection source, string? reason)
    {
        if (reason is not null) Problems.Add(reason);
    }

    private void OnIq(ReadOnlySpan<byte> xml)
    {
        var id = Markers.Attribute(xml, "id"u8);
        if (!IsOurs(id, out var number, out var sentAt)) return;
        if (!Ledger.Arrive(number)) return;
        if (Markers.IsError(xml) || xml.IndexOf("<put "u8) < 0 || xml.IndexOf("<get "u8) < 0) Problems.Add(Markers.Shown(xml));
        _underWay--;
        _run.Answered(sentAt);
        _run.Finished(this);
    }

    private static bool IsOurs(ReadOnlySpan<byte> id, out uint number, out long sentAt)
    {
        sentAt = 0;
        number = 0;
        return id.Length == IdLength
            && Utf8Parser.TryParse(id[..8], out number, out _, 'x')
            && Utf8Parser.TryParse(id[8..], out sentAt, out _, 'x');
    }
}
