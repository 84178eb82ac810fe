using XmppHost.Core;
using XmppHost.Storage.Sql;

namespace XmppHost.Server.Settings;

/// <summary>Everything in the config file that is not about one virtual host.</summary>
/// <param name="Data">The data folder, from the config file's folder.</param>
internal sealed record ServerSettings(string Data = "data")
{
    public StorageOptions Storage { get; init; } = new();

    public TlsSettings Tls { get; init; } = new();

    public EndpointsOptions Endpoints { get; init; } = new();

    public LimitOptions Limits { get; init; } = new();

    public LoggingOptions Logging { get; init; } = new();

    public MetricsOptions Metrics { get; init; } = new();

    public TelemetryOptions Telemetry { get; init; } = new();

    /// <summary>Further folders with plugins, beside the server's own.</summary>
    public IReadOnlyList<string> PluginFolders { get; init; } = [];
}

/// <summary>Config section <c>tls</c>.</summary>
/// <param name="Certificates">The folder of <c>HOST.pem</c> and <c>HOST.key</c>, from the config file's folder; <c>certs</c> in the data folder by default.</param>
internal sealed record TlsSettings(string? Certificates = null);
