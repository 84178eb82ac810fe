using System.Text;
using XmppHost.Core.Tests.Support;
using XmppHost.Scripting;
using XmppHost.Testing;
using XmppHost.Xml;

namespace XmppHost.Integration.Tests.Streams;

/// <summary>Tests of what one server does to its streams, each with a server in memory of its own: limits and times are its own too.</summary>
public abstract class StreamTest
{
    private protected const string Config = """
        { "defaults": { "plugins": { "Disco": {}, "ServerInfo": {}, "Roster": {}, "Messaging": {}, "StreamManagement": {} } }, "hosts": { "localhost": {} } }
        """;

    private readonly List<ScriptedClient> _clients = [];

    /// <summary>The server's clock, which stands still.</summary>
    private protected ManualTime Time { get; private set; } = null!;

    private protected XmppTestServer Server { get; private set; } = null!;

    [SetUp]
    public void NewClock() => Time = new ManualTime();

    [TearDown]
    public async Task StopServer()
    {
        foreach (var client in _clients) await client.DisposeAsync();
        _clients.Clear();
        if (Server is not null) await Server.DisposeAsync();
    }

    private protected async Task StartAsync(params string[] settings) =>
        Server = await XmppTestServer.StartAsync(new XmppTestServerOptions(Config) { Time = Time, Settings = settings });

    private protected async Task<ScriptedClient> LoginAsync(string jid, LoginStage stage = LoginStage.Bound, string? presence = null)
    {
        await Server.AddAccountAsync(jid.Split('/')[0], "secret");
        var client = Connect(jid);
        await client.ConnectAsync(stage);
        if (presence is not null) await SendPresenceAsync(client, presence);
        return client;
    }

    /// <summary>A client that is not connected yet.</summary>
    private protected ScriptedClient Connect(string jid)
    {
        var client = new ScriptedClient(Server.Transport, new ScriptedClientOptions { Jid = jid, Password = "secret", Tls = TlsMode.None, Timeout = TimeSpan.FromSeconds(60) });
        _clients.Add(client);
        return client;
    }

    /// <summary>Completes when the server has handled what the client sent so far.</summary>
    private protected static Task SettleAsync(ScriptedClient client) => client.IqAsync("<iq type='get' to='localhost'><ping xmlns='urn:xmpp:ping'/></iq>");

    private protected static async Task<string> EnableAsync(ScriptedClient client)
    {
        await client.SendAsync("<enable xmlns='urn:xmpp:sm:3' resume='true'/>");
        var enabled = await client.ReceiveAsync(e => e.Is("enabled", "urn:xmpp:sm:3"));
        return enabled.Attribute("id")!;
    }

    /// <summary>The next message's id, past whatever else comes.</summary>
    private protected static async Task<string?> MessageAsync(ScriptedClient client) => (await client.ReceiveAsync(IsMessage)).Attribute("id");

    /// <summary>The ids of the messages that came before everything sent so far was handled.</summary>
    private protected static async Task<List<string?>> MessagesAsync(ScriptedClient client)
    {
        var ids = new List<string?>();
        await client.SendAsync("<iq type='get' id='last' to='localhost'><ping xmlns='urn:xmpp:ping'/></iq>");
        while (await client.ReceiveAsync() is var item && item.Attribute("id") != "last")
            if (IsMessage(item))
                ids.Add(item.Attribute("id"));
        return ids;
    }

    private protected static bool IsMessage(XmppElement element) => element.Is("message", XmlNs.Client);

    /// <summary>Waits for something that the server does on its own, beside the test.</summary>
    private protected static async Task EventuallyAsync(Func<bool> condition, string what)
    {
        for (var tries = 0; !condition(); tries++)
        {
            if (tries == 3000) Assert.Fail($"within 60 s: {what}");
            await Task.Delay(20);
        }
    }

    /// <summary>Everything that a new connection is told until the server has closed its stream, though the client goes on.</summary>
    private protected async Task<string> RefusalAsync()
    {
        using var connection = Server.Connect();
        await connection.WriteAsync(Encoding.UTF8.GetBytes("<stream:stream xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams' to='localhost' version='1.0'>"));
        var (buffer, text) = (new byte[4096], "");
        while (!text.Contains("</stream:stream>") && await connection.ReadAsync(buffer) is > 0 and var read) text += Encoding.UTF8.GetString(buffer, 0, read);
        return text;
    }

    private static async Task SendPresenceAsync(ScriptedClient client, string presence)
    {
        await client.SendAsync(presence);
        await SettleAsync(client);
    }
}
