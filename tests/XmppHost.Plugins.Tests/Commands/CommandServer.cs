using System.Text.RegularExpressions;
using Autofac;
using XmppHost.Plugins.Commands;
using XmppHost.Plugins.Disco;
using XmppHost.Plugins.Tests.Support;

namespace XmppHost.Plugins.Tests.Commands;

/// <summary>A host with two commands, and what clients say to it.</summary>
internal sealed partial class CommandServer : IDisposable
{
    private readonly FakeServer _server;

    public CommandServer(params string[] options) => _server = new FakeServer(
        "example.org",
        server => new DiscoModule(server.Plugin("Disco")),
        server => new CommandsModule(server.Plugin("Commands", options)),
        server => new TestModule(server.Plugin("Bots"), Bot));

    public BotCommand Bot { get; } = new();

    public ManualTime Time => _server.Time;

    public CommandSessions Sessions => _server.Get<CommandSessions>();

    public Task<FakeSession> ConnectAsync(string jid = "romeo@example.org/orchard") => _server.ConnectAsync(jid);

    public Task DisconnectAsync(FakeSession session) => _server.DisconnectAsync(session);

    /// <summary>The answer's payload, or its error.</summary>
    public async Task<string> AskAsync(FakeSession client, string payload, string type = "set", string lang = "")
    {
        await _server.SendAsync(client, $"<iq type='{type}' id='1' to='example.org'{lang}>{payload}</iq>");
        var answer = Wire.Element(client.Take().Single());
        return Wire.Text(answer.Elements().Last());
    }

    public Task<string> ExecuteAsync(FakeSession client, string node = "create-bot") => AskAsync(client, $"<command xmlns='http://jabber.org/protocol/commands' node='{node}'/>");

    /// <summary>Goes on with a session; the form's fields as <c>name=value</c>.</summary>
    public Task<string> GoOnAsync(FakeSession client, string session, string? action, params string[] fields) => AskAsync(client, Next(session, action, fields));

    public static string Next(string session, string? action, params string[] fields)
    {
        var form = string.Concat(fields.Select(f => f.Split('=', 2)).GroupBy(f => f[0], f => f[1]).Select(f => $"<field var='{f.Key}'>{string.Concat(f.Select(v => $"<value>{v}</value>"))}</field>"));
        return $"<command xmlns='http://jabber.org/protocol/commands' node='create-bot' sessionid='{session}'{(action is null ? "" : $" action='{action}'")}>"
            + (fields.Length > 0 ? $"<x xmlns='jabber:x:data' type='submit'>{form}</x>" : "") + "</command>";
    }

    public Task<string> InfoAsync(FakeSession client, string? node) => AskAsync(client, $"<query xmlns='http://jabber.org/protocol/disco#info'{(node is null ? "" : $" node='{node}'")}/>", "get");

    public Task<string> ItemsAsync(FakeSession client, string? node) => AskAsync(client, $"<query xmlns='http://jabber.org/protocol/disco#items'{(node is null ? "" : $" node='{node}'")}/>", "get");

    public static string SessionOf(string command) => SessionId().Match(command).Groups[1].Value;

    public void Dispose() => _server.Dispose();

    [GeneratedRegex("sessionid='([^']+)'")]
    private static partial Regex SessionId();

    private sealed class TestModule(PluginContext plugin, BotCommand bot) : PluginModule(plugin)
    {
        protected override void Load(ContainerBuilder builder)
        {
            builder.Add(_ => bot);
            builder.Add<TimeCommand>();
        }
    }
}
