using System.Diagnostics.Metrics;
using Autofac;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using XmppHost.Addressing;
using XmppHost.Disco;
using XmppHost.Handlers;
using XmppHost.Hosting;
using XmppHost.Plugins.HttpUpload;
using XmppHost.Plugins.HttpUpload.Backends;
using XmppHost.Plugins.Tests.Support;
using XmppHost.Stanzas;
using XmppHost.Storage;
using XmppHost.Storage.Sql;
using XmppHost.Testing;

namespace XmppHost.Plugins.Tests.HttpUpload;

/// <summary>The plugin in a host example.org, with an upload store whose address is known, and one client.</summary>
internal sealed class UploadServer : IDisposable
{
    private readonly Meter _meter = new("tests");
    private readonly FakeVHost _host = new("example.org");
    private readonly TempFolder _folder = new("upload");
    private readonly IContainer? _scope;
    private SqlStorage? _storage;

    public UploadServer(params IReadOnlyList<string> options)
        : this(hasStore: true, options)
    {
    }

    public UploadServer(bool hasStore, IReadOnlyList<string> options, Func<TimeProvider, IUploadBackend>? backend = null, params IReadOnlyList<IUploadObserver> observers)
    {
        var builder = new ContainerBuilder();
        builder.RegisterInstance<IVHost>(_host);
        builder.RegisterInstance<ILoggerFactory>(NullLoggerFactory.Instance);
        builder.RegisterInstance<TimeProvider>(Time);
        builder.Register(_ => Ledger).ExternallyOwned();
        if (hasStore) builder.RegisterInstance<IUploadStore>(Store);
        builder.RegisterModule(new HttpUploadModule(Context(options, hasStore)));
        if (backend is not null) builder.RegisterInstance(backend(Time));
        foreach (var observer in observers) builder.RegisterInstance(observer);
        if (Problems.Count == 0) _scope = builder.Build();
    }

    public List<string> Problems { get; } = [];

    public FakeUploadStore Store { get; } = new();

    public ManualTime Time { get; } = new();

    /// <summary>The instruments' meter.</summary>
    public Meter Meter => _meter;

    /// <summary>On a database of its own, which is there from the first use on.</summary>
    public IUploadLedger Ledger => (_storage ??= Open()).Uploads;

    public T Get<T>()
        where T : notnull => _scope!.Resolve<T>();

    public IEnumerable<T> All<T>()
        where T : notnull => _scope!.Resolve<IEnumerable<T>>();

    /// <summary>The answer to a request of <paramref name="from"/>, whose session it is unless told otherwise.</summary>
    public async Task<string> AskAsync(string payload, string type = "get", string from = "romeo@example.org/orchard", bool isLocal = true, bool isAnonymous = false, string? lang = null)
    {
        var stanza = Wire.Stanza($"<iq type='{type}' id='1' from='{from}' to='upload.example.org'{(lang is null ? "" : $" xml:lang='{lang}'")}>{payload}</iq>");
        var element = stanza.Element.FirstElement()!;
        var key = new IqKey(element.Namespace, element.Name, stanza.IqType!.Value, "upload.example.org");
        var handler = All<IIqHandler>().Single(h => h.Key == key);
        var session = isLocal ? new FakeSession(Jid.Parse(from), _host) { IsAnonymous = isAnonymous } : null;
        var reply = await handler.HandleAsync(new IqRequest(stanza, element, _host, session), CancellationToken.None);
        return Wire.Text(reply.Failure?.ToElement() ?? reply.Payload!);
    }

    public Task<string> AskForSlotAsync(string name = "a.txt", string size = "5", string? type = null) =>
        AskAsync($"<request xmlns='urn:xmpp:http:upload:0' filename='{System.Security.SecurityElement.Escape(name).Replace("\n", "&#10;")}' size='{size}'{(type is null ? "" : $" content-type='{type}'")}/>");

    public void Dispose()
    {
        _scope?.Dispose();
        _storage?.DisposeAsync().AsTask().Wait();
        _folder.Dispose();
        _meter.Dispose();
    }

    /// <summary>The server is started anew, on the same ledger.</summary>
    public UploadServer Restarted(params IReadOnlyList<string> options)
    {
        var next = new UploadServer(options) { _storage = _storage };
        next.Time.Advance(Time.GetUtcNow() - next.Time.GetUtcNow());
        return next;
    }

    private SqlStorage Open()
    {
        var storage = SqlStorage.Create(new StorageOptions(), _folder.Path, Time, NullLoggerFactory.Instance);
        storage.OpenAsync(CancellationToken.None).AsTask().Wait();
        return storage;
    }

    private PluginContext Context(IEnumerable<string> options, bool hasStore)
    {
        var config = new ConfigurationBuilder()
            .AddInMemoryCollection(options.Select(o => o.Split('=', 2)).Select(o => KeyValuePair.Create($"hosts:example.org:plugins:HttpUpload:{o[0]}", (string?)o[1])))
            .Build();
        return new PluginContext("HttpUpload", "example.org", config.GetSection("hosts:example.org:plugins:HttpUpload"), _meter, NullLoggerFactory.Instance, Problems)
        {
            DataDirectory = Path.GetTempPath(),
            ConfigDirectory = Path.GetTempPath(),
            HostPlugins = hasStore ? ["FileStore", "HttpUpload"] : ["HttpUpload"],
        };
    }
}
