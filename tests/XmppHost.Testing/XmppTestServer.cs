using System.Collections.Concurrent;
using System.Text;
using Autofac;
using Microsoft.Extensions.Logging;
using XmppHost.Addressing;
using XmppHost.Core;
using XmppHost.Core.Streams;
using XmppHost.Hosting;
using XmppHost.Scripting;
using XmppHost.Server.Hosting;
using XmppHost.Server.Metrics;

namespace XmppHost.Testing;

/// <summary>
/// The real server in this process: its own composition of a config, the built plugins, SQLite in a folder of its own; only what is below a stream's bytes is memory. It can be
/// stopped, and started again on the same data.
/// </summary>
public sealed class XmppTestServer : IAsyncDisposable
{
    private readonly XmppTestServerOptions _options;
    private readonly TempFolder _folder = new("xmpptest");
    private readonly MemoryLog _log;
    private readonly ConcurrentDictionary<MemoryConnection, Task> _connections = new();
    private ILoggerFactory? _loggers;
    private Composition? _composition;
    private MetricCollector? _metrics;

    private XmppTestServer(XmppTestServerOptions options)
    {
        _options = options;
        _log = new MemoryLog(options.LogLevel);
        File.WriteAllText(_folder["xmpphost.json"], options.Config);
        Transport = new DelegateTransport((target, _) => ValueTask.FromResult(Connect(target.DirectTls)));
    }

    /// <summary>For clients of every host of this server.</summary>
    public IScriptTransport Transport { get; }

    public string DataFolder => _folder["data"];

    public string Log => _log.Text;

    /// <summary>Connections that the server has now.</summary>
    public int ConnectionCount => Core.Streams.Count;

    /// <summary>Bound sessions of all hosts, those without a connection included.</summary>
    public int SessionCount => Core.Hosts.Sum(h => h.Sessions.Count);

    internal Composition Composition => _composition ?? throw new InvalidOperationException("the server is not running");

    internal XmppServer Core => Composition.Server;

    private TlsMode TlsMode => _options.Tls ? TlsMode.StartTls : TlsMode.None;

    public static Task<XmppTestServer> StartAsync(string config) => StartAsync(new XmppTestServerOptions(config));

    public static async Task<XmppTestServer> StartAsync(XmppTestServerOptions options)
    {
        var server = new XmppTestServer(options);
        try
        {
            await server.RunAsync();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>What a scraper would get, in OpenMetrics.</summary>
    public string ScrapeMetrics()
    {
        var text = new MetricText(openMetrics: true);
        _metrics!.Write(text);
        return Encoding.UTF8.GetString(text.ToBytes());
    }

    /// <summary>Starts it again after <see cref="StopAsync"/>.</summary>
    public async Task RunAsync()
    {
        string[] settings = [$"pluginFolders:0={Path.Combine(Repository.Output("XmppHost.Server"), "plugins")}", .. _options.Settings];
        if (!_options.Tls) settings = [.. settings, "defaults:auth:requireTls=false"];
        var installation = Installation.Load(_folder["xmpphost.json"], DataFolder, settings);
        _loggers = LoggerFactory.Create(logging => logging.SetMinimumLevel(_options.LogLevel).AddProvider(_log));
        Directory.CreateDirectory(DataFolder);
        _composition = Composition.Create(installation, DataFolder, _loggers, name => new Uri($"https://{name}/"), _options.Time);
        _metrics = new MetricCollector(_composition.Meters, _loggers.CreateLogger("metrics"));
        _composition.Activate();
        if (_options.Tls) _composition.LoadCertificates();
        await _composition.OpenStorageAsync(default);
        await Core.StartAsync(default);
    }

    /// <summary>Tells the clients, ends their connections, and leaves everything on disk.</summary>
    public async Task StopAsync()
    {
        if (_composition is null) return;
        await Core.StopAsync(default);
        await Task.WhenAll(_connections.Values);
        _metrics!.Dispose();
        await _composition.DisposeAsync();
        _loggers!.Dispose();
        _composition = null;
    }

    public async Task RestartAsync()
    {
        await StopAsync();
        await RunAsync();
    }

    /// <summary>Makes an account as an operator does; one that exists is left as it is.</summary>
    public async Task AddAccountAsync(string jid, string password)
    {
        var account = Jid.Parse(jid);
        var outcome = await Scope(account.Domain).Resolve<IAccounts>().CreateAsync(account.Local!, password, default);
        if (outcome is not (AccountOutcome.Done or AccountOutcome.AlreadyExists)) throw new InvalidOperationException($"{jid} could not be made: {outcome}");
    }

    /// <summary>A client that is logged in; its account is made where it is not there.</summary>
    public async Task<ScriptedClient> LoginAsync(string jid, LoginStage stage = LoginStage.Bound)
    {
        await AddAccountAsync(jid.Split('/')[0], "secret");
        return await ScriptedClient.LoginAsync(Transport, new ScriptedClientOptions { Jid = jid, Password = "secret", Tls = TlsMode, Insecure = true }, stage);
    }

    /// <summary>Runs a script; the accounts of its clients with <c>register: yes</c> are made by the server's own API.</summary>
    public Task<ScriptResult> RunScriptAsync(Script script, ScriptRunnerOptions? options = null) =>
        new ScriptRunner(Transport, (options ?? new ScriptRunnerOptions()) with { Tls = TlsMode, Insecure = true, CreateAccount = (jid, password, _) => AddAccountAsync(jid, password) }).RunAsync(script);

    /// <summary>A new connection to the server, as bytes.</summary>
    public Stream Connect(bool directTls = false)
    {
        var connection = new MemoryConnection(_options.ClientAddress);
        _connections[connection] = RunAsync(connection, directTls);
        return connection.Client;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _folder.Dispose();
    }

    private async Task RunAsync(MemoryConnection connection, bool directTls)
    {
        await Task.Yield();
        await connection.RunAsync(new C2sConnectionHandler(Core, directTls));
        _connections.TryRemove(connection, out _);
    }

    private ILifetimeScope Scope(string host) => Composition.Hosts.First(h => h.Configuration.Name == host).Scope;
}
