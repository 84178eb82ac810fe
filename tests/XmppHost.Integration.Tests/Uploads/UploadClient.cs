using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using XmppHost.Scripting;
using XmppHost.Testing;
using XmppHost.Xml;

namespace XmppHost.Integration.Tests.Uploads;

/// <summary>A client that asks for slots and uses them, step by step, so that a test can look at each.</summary>
internal sealed class UploadClient(ScriptedClient xmpp, string service, string account = "") : IAsyncDisposable
{
    private const string Namespace = "urn:xmpp:http:upload:0";

    // Whatever a URL names is on this machine, with a certificate that it made for itself.
    private static readonly HttpClient Http = new(new SocketsHttpHandler
    {
        ConnectCallback = ConnectAsync,
        SslOptions = { RemoteCertificateValidationCallback = (_, _, _, errors) => errors != SslPolicyErrors.RemoteCertificateNotAvailable },
    });

    internal static async Task<UploadClient> LoginAsync(ServerProcess server, string host)
    {
        var jid = $"uploader-{Guid.NewGuid().ToString("N")[..6]}@{host}";
        await server.AddAccountAsync(jid, "secret");
        return await LoginAsync(server, host, jid);
    }

    /// <summary>The bare JID.</summary>
    internal string Account => account;

    /// <summary>The same account on another connection.</summary>
    internal Task<UploadClient> LoginAgainAsync(ServerProcess server, string host) => LoginAsync(server, host, account);

    /// <summary>What the service answers to a request for a slot.</summary>
    /// <param name="expireBefore">Where the purpose has one.</param>
    internal Task<XmppElement> RequestAsync(string name, long size, string? purpose = null, string? expireBefore = null)
    {
        var child = purpose is null ? "" : $"<{purpose} xmlns='urn:xmpp:http:upload:purpose:0'{(expireBefore is null ? "" : $" expire-before='{expireBefore}'")}/>";
        return xmpp.IqAsync(string.Create(CultureInfo.InvariantCulture, $"<iq type='get' to='{service}'><request xmlns='{Namespace}' filename='{name}' size='{size}'>{child}</request></iq>"));
    }

    internal async Task<(XmppElement Put, Uri Get)> SlotAsync(string name, long size, string? purpose = null, string? expireBefore = null)
    {
        var answer = await RequestAsync(name, size, purpose, expireBefore);
        var slot = answer.Element("slot", Namespace) ?? throw new InvalidOperationException($"no slot: {answer}");
        return (slot.Element("put", Namespace)!, new Uri(slot.Element("get", Namespace)!.Attribute("url")!));
    }

    internal static async Task<HttpStatusCode> PutAsync(XmppElement put, byte[] content)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, new Uri(put.Attribute("url")!)) { Content = new ByteArrayContent(content) };
        foreach (var header in put.Elements()) request.Headers.TryAddWithoutValidation(header.Attribute("name")!, header.Text);
        using var response = await Http.SendAsync(request);
        return response.StatusCode;
    }

    /// <summary>Asks for a slot and uploads to it.</summary>
    internal async Task<(HttpStatusCode Status, Uri Get)> UploadAsync(string name, byte[] content)
    {
        var (put, get) = await SlotAsync(name, content.Length);
        return (await PutAsync(put, content), get);
    }

    internal static async Task<(HttpStatusCode Status, byte[] Content)> GetAsync(Uri url)
    {
        using var response = await Http.GetAsync(url);
        return (response.StatusCode, await response.Content.ReadAsByteArrayAsync());
    }

    internal static async Task<HttpStatusCode> StatusAsync(Uri url) => (await GetAsync(url)).Status;

    internal static Task<string> ReadAsync(Uri url) => Http.GetStringAsync(url);

    /// <summary>Waits for a status that comes by itself.</summary>
    internal static async Task<HttpStatusCode> StatusOtherThanAsync(Uri url, HttpStatusCode status)
    {
        var waited = System.Diagnostics.Stopwatch.StartNew();
        while (waited.Elapsed < TimeSpan.FromMinutes(1) && await StatusAsync(url) == status) await Task.Delay(100);
        return await StatusAsync(url);
    }

    public ValueTask DisposeAsync() => xmpp.DisposeAsync();

    private static async Task<UploadClient> LoginAsync(ServerProcess server, string host, string jid)
    {
        var options = new ScriptedClientOptions { Jid = jid, Password = "secret", Insecure = true };
        return new UploadClient(await ScriptedClient.LoginAsync(new TcpTransport(new ServerAddress("127.0.0.1", server.Port)), options), $"upload.{host}", jid);
    }

    private static async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken ct)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, context.DnsEndPoint.Port, ct);
        return new NetworkStream(socket, ownsSocket: true);
    }
}
