using System.Globalization;
using System.Text;
using System.Xml.Linq;
using XmppHost.Benchmarks.Load.Net;
using XmppHost.Benchmarks.Load.Protocol;

namespace XmppHost.Benchmarks.Load.Http;

/// <summary>Asks for the slots of all files of a run before it (XEP-0363 section 5), over one session.</summary>
internal sealed class SlotFetcher(Connection connection, string service, long size, int count) : IElementSink
{
    private const int Window = 20;

    private static readonly XNamespace Ns = "urn:xmpp:http:upload:0";

    private int _asked;
    private int _answered;

    public UploadPlace[] Places { get; } = new UploadPlace[count];

    public string? Problem { get; private set; }

    public bool IsDone => Problem is not null || _answered == count;

    public void Start()
    {
        connection.Sink = this;
        for (var i = 0; i < Window; i++) AskNext();
    }

    public void OnElement(Connection source, ElementKind kind, ReadOnlySpan<byte> xml)
    {
        if (kind != ElementKind.Element) Problem ??= "the server closed the stream";
        else if (Markers.IsNamed(xml, "iq"u8) && int.TryParse(Markers.Attribute(xml, "id"u8), CultureInfo.InvariantCulture, out var number)) OnAnswer(number, xml);
    }

    public void OnClosed(Connection source, string? reason) => Problem ??= reason;

    private void OnAnswer(int number, ReadOnlySpan<byte> xml)
    {
        if (Markers.IsError(xml) || number < 0 || number >= count)
        {
            Problem ??= Markers.Shown(xml);
            return;
        }

        Places[number] = Read(XElement.Parse(Encoding.UTF8.GetString(xml)));
        _answered++;
        AskNext();
    }

    private void AskNext()
    {
        if (_asked == count) return;
        connection.Send(Encoding.UTF8.GetBytes(
            $"<iq type='get' id='{_asked++}' to='{service}'><request xmlns='{Ns}' filename='holiday photo.jpg' size='{size}' content-type='{HttpExchange.ContentType}'/></iq>"));
    }

    private static UploadPlace Read(XElement iq)
    {
        var slot = iq.Element(Ns + "slot") ?? throw new InvalidDataException($"This is no slot: {iq}");
        var put = slot.Element(Ns + "put")!;
        return UploadPlace.Of(
            (string)put.Attribute("url")!,
            (string)slot.Element(Ns + "get")!.Attribute("url")!,
            [.. put.Elements(Ns + "header").Select(h => ((string)h.Attribute("name")!, h.Value))]);
    }
}
