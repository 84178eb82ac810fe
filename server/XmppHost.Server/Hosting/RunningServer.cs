using XmppHost.Core.Plugins;
using XmppHost.Server.Control;
using XmppHost.Server.Logging;
using XmppHost.Server.Metrics;

namespace XmppHost.Server.Hosting;

/// <summary>The server as it runs, from an open data folder to listening ports, and back.</summary>
internal sealed class RunningServer : IAsyncDisposable
{
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(20);

    private DataFolder? _data;
    private WebServer? _web;
    private MetricCollector? _metrics;
    private IDisposable? _export;

    private RunningServer(Installation installation, Endpoints endpoints)
    {
        Installation = installation;
        Endpoints = endpoints;
    }

    internal Installation Installation { get; }

    internal Endpoints Endpoints { get; }

    internal Composition Composition { get; private set; } = null!;

    internal ILoggerFactory Loggers { get; private set; } = null!;

    internal static async Task<RunningServer> StartAsync(Installation installation, CancellationToken ct)
    {
        var server = new RunningServer(installation, Endpoints.Of(installation.Settings));
        try
        {
            await server.OpenAsync(ct).ConfigureAwait(false);
            return server;
        }
        catch
        {
            await server.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Clients first, so that they hear of it; then the ports; what was accepted is on disk when the storage has closed.</summary>
    internal async Task StopAsync()
    {
        using var timeout = new CancellationTokenSource(StopTimeout);
        await Composition.Server.StopAsync(timeout.Token).ConfigureAwait(false);
        await _web!.StopAsync(timeout.Token).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        if (_web is not null) await _web.DisposeAsync().ConfigureAwait(false);
        _export?.Dispose();
        _metrics?.Dispose();
        if (Composition is not null) await Composition.DisposeAsync().ConfigureAwait(false);
        // Only now is nothing written any more.
        _data?.Dispose();
        Loggers?.Dispose();
    }

    private async Task OpenAsync(CancellationToken ct)
    {
        // The hosts are composed, and all that is wrong is told, before the data folder is so much as made.
        Loggers = NLogSetup.Create(Installation.Settings.Logging, Installation.Configuration.Directory);
        Composition = Composition.Create(Installation, Installation.DataDirectory, Loggers, Endpoints.PublicUrl);
        Installation.RefuseIfWrong();
        StartMetrics();

        _data = DataFolder.Open(Installation.DataDirectory);
        // Beside the rest: TLS takes its time to get going.
        var certificates = Task.Run(Composition.LoadCertificates, CancellationToken.None);
        try
        {
            Composition.Activate();
            await Composition.OpenStorageAsync(ct).ConfigureAwait(false);
        }
        finally
        {
            await certificates.ConfigureAwait(false);
        }

        try
        {
            await Composition.Server.StartAsync(ct).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            throw new Refusal(Failure.Line(e));
        }

        PipelineLog.Write(Composition.Server.Hosts, Loggers);
        var control = new ControlApi(new UserAdministration(Composition.Hosts), new PluginAdministration(Composition.Hosts, Loggers));
        var metrics = _metrics is null ? null : new MetricsEndpoint(_metrics, Installation.Settings.Metrics);
        _web = WebServer.Create(Composition, Endpoints, control, metrics, DataFolder.ControlSocket(_data.Path), Loggers);
        await _web.StartAsync(ct).ConfigureAwait(false);
    }

    // Before anything is measured.
    private void StartMetrics()
    {
        var settings = Installation.Settings;
        if (settings.Metrics.Enabled) _metrics = new MetricCollector(Composition.Meters, Loggers.CreateLogger("XmppHost.Server.Metrics"));
        if (settings.Telemetry.Otlp is { } otlp) _export = OtlpExport.Start(otlp, Composition.Meters, Loggers.CreateLogger("XmppHost.Server.Otlp"));
    }
}
