using Autofac;
using Microsoft.Extensions.Logging;
using XmppHost.Core;
using XmppHost.Core.Observability;
using XmppHost.Core.Plugins;
using XmppHost.Core.Tls;
using XmppHost.Core.VHosts;
using XmppHost.Storage;
using XmppHost.Storage.Sql;

namespace XmppHost.Server.Hosting;

/// <summary>The objects of one server, made and wired but not started: the composition root.</summary>
internal sealed class Composition : IAsyncDisposable
{
    private readonly IContainer _root;
    private readonly Installation _installation;

    private Composition(Installation installation, IContainer root, IReadOnlyList<ComposedHost> hosts)
    {
        _installation = installation;
        _root = root;
        Hosts = hosts;
    }

    internal IReadOnlyList<ComposedHost> Hosts { get; }

    internal XmppServer Server => _root.Resolve<XmppServer>();

    internal TlsServer Tls => _root.Resolve<TlsServer>();

    internal ServerMeters Meters => _root.Resolve<ServerMeters>();

    internal IStorage Storage => _root.Resolve<IStorage>();

    /// <summary>Runs the modules of every host's plugins; problems go to the installation.</summary>
    /// <param name="defaultUrl">A host's public URL where config gives none.</param>
    /// <param name="clock">The time; null for the system's.</param>
    internal static Composition Create(Installation installation, string dataDirectory, ILoggerFactory loggers, Func<string, Uri?> defaultUrl, TimeProvider? clock = null)
    {
        var time = clock ?? TimeProvider.System;
        var builder = new ContainerBuilder();
        builder.RegisterModule<CoreModule>();
        builder.RegisterInstance(time);
        builder.RegisterInstance(loggers).ExternallyOwned();
        builder.RegisterGeneric(typeof(Logger<>)).As(typeof(ILogger<>)).SingleInstance();
        builder.RegisterInstance(new ServerOptions(installation.Settings.Limits));
        builder.Register<IStorage>(c => SqlStorage.Create(installation.Settings.Storage, dataDirectory, time, loggers, c.Resolve<ServerMeters>().Create(SqlStorage.MeterName))).SingleInstance();
        builder.Register(_ => LoginSecret.LoadOrCreate(Path.Combine(dataDirectory, "login.secret"))).SingleInstance();
        builder.RegisterModule(new TlsModule(installation.CertificateDirectory(dataDirectory), [.. installation.Configuration.Hosts.Select(h => h.Name)]));
        var root = builder.Build();
        return new Composition(installation, root, new HostComposer(root, installation.Plugins, dataDirectory, defaultUrl).Compose(installation.Configuration, installation.Problems));
    }

    /// <summary>Resolves what the plugins registered and puts the hosts together; refuses with all problems when there are any.</summary>
    internal void Activate()
    {
        _installation.RefuseIfWrong();
        VHost[] hosts = [.. Hosts.Select(h => h.Activate(_installation.Problems))];
        _root.Resolve<HostTable>().Set(hosts, _installation.Problems);
        _installation.RefuseIfWrong();
    }

    /// <summary>Loads the certificates, making those that are missing, and looks after their files from now on.</summary>
    internal void LoadCertificates()
    {
        var store = _root.Resolve<CertificateStore>();
        if (store.Load() is { Count: > 0 } problems) throw new Refusal([.. problems.Select(p => $"tls.certificates: {p}")]);
        store.Watch();
        // Beside the rest of the start, so that the first client need not wait for it.
        _ = _root.Resolve<TlsProbe>().GetAsync();
    }

    internal async Task OpenStorageAsync(CancellationToken ct)
    {
        try
        {
            await Storage.OpenAsync(ct).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            throw new Refusal($"storage: {Failure.Line(e)}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var host in Hosts) await host.Scope.DisposeAsync().ConfigureAwait(false);
        await _root.DisposeAsync().ConfigureAwait(false);
    }
}
