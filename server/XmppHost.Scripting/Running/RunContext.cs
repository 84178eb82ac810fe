using System.Globalization;
using System.Security.Cryptography;
using XmppHost.Scripting.Matching;

namespace XmppHost.Scripting.Running;

/// <summary>What the steps of one run share.</summary>
internal sealed class RunContext : IAsyncDisposable
{
    private readonly Dictionary<string, ClientActor> _clients = [];
    private readonly ScriptRunnerOptions _options;
    private readonly IScriptTransport _transport;
    private readonly string _run = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4));

    public RunContext(Script script, IScriptTransport transport, ScriptRunnerOptions options)
    {
        _options = options;
        _transport = transport;
        Variables = new Variables(Computed);
        Http = new HttpClient(options.HttpHandler?.Invoke() ?? HttpHandlers.Create(options), disposeHandler: true) { Timeout = Timeout.InfiniteTimeSpan };
        foreach (var (name, client) in script.Clients)
            _clients[name] = new ClientActor(client, CreateClient, () => JidOf(client));
    }

    public Variables Variables { get; }

    public HttpClient Http { get; }

    public Func<string, string, CancellationToken, Task>? CreateAccount => _options.CreateAccount;

    public TimeProvider Time => _options.Time;

    public ClientActor Client(string name) => _clients[name];

    public StepTimer StartTimer(TimeSpan limit) => new(limit, Time);

    public void Trace(string client, ScriptTraffic traffic) => _options.Traffic?.Invoke(client, traffic);

    /// <summary>Sets a variable of the script, unless the caller gave it another value.</summary>
    public void Declare(string name, string value)
    {
        if (!_options.Variables.ContainsKey(name)) Variables.Set(name, Expand(value));
    }

    public ScriptedClient CreateClient(ClientDeclaration client)
    {
        var jid = JidOf(client);
        var transport = client.Server is null ? _transport : OwnServer(client, Expand(client.Server));
        return new ScriptedClient(transport, new ScriptedClientOptions
        {
            Jid = jid,
            Password = PasswordOf(client),
            Tls = client.Tls ?? _options.Tls,
            Mechanism = client.Mechanism,
            AllowPlainWithoutTls = client.PlainWithoutTls,
            StreamTo = client.StreamTo is null ? null : Expand(client.StreamTo),
            Timeout = client.Timeout,
            Time = Time,
            Insecure = _options.Insecure,
            CertificateValidation = _options.CertificateValidation,
            Traffic = traffic => Trace(client.Name, traffic),
        });
    }

    public bool HasGivenAccount(ClientDeclaration client) => _options.Accounts.ContainsKey(JidParts.Of(JidOf(client)).Bare);

    public string JidOf(ClientDeclaration client)
    {
        var jid = Expand(client.Jid);
        return client.Resource is null || jid.Contains('/', StringComparison.Ordinal) ? jid : $"{jid}/{Expand(client.Resource)}";
    }

    public string? PasswordOf(ClientDeclaration client) =>
        _options.Accounts.GetValueOrDefault(JidParts.Of(JidOf(client)).Bare) ?? (client.Password is null ? null : Expand(client.Password));

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients.Values) await client.DisposeAsync().ConfigureAwait(false);
        Http.Dispose();
    }

    private static TcpTransport OwnServer(ClientDeclaration client, string text)
    {
        var address = ServerAddress.TryParse(text) ?? throw new ScriptFailureException($"client {client.Name}: '{text}' is not a server's address");
        return new TcpTransport(address, address);
    }

    private string Expand(string text) => Template.ParseValue(text).Expand(Variables);

    private string? Computed(string name)
    {
        if (_options.Variables.TryGetValue(name, out var given)) return given;
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        if (dot > 0) return _clients.GetValueOrDefault(name[..dot])?.Property(name[(dot + 1)..]);
        return name switch
        {
            "host" => "localhost",
            "run" => _run,
            "now" => Time.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture),
            _ => null,
        };
    }
}
