using System.Globalization;
using Autofac;
using XmppHost.Hosting;
using XmppHost.Server.Hosting;
using XmppHost.Server.Settings;

namespace XmppHost.Server.Cli;

/// <summary>What a person wants to know when the server has started.</summary>
internal static partial class Banner
{
    internal static async Task WriteAsync(RunningServer server, TextWriter output, string commonOptions, long started)
    {
        var lines = await LinesAsync(server, commonOptions, started).ConfigureAwait(false);
        // Where the log is to be read by a machine, so is this.
        var asLog = server.Installation.Settings.Logging is { Format: LogFormat.Json } or { ConfigFile: not null };
        var logger = server.Loggers.CreateLogger("XmppHost.Server");
        foreach (var line in lines)
            if (asLog) Started(logger, line.Trim());
            else await output.WriteLineAsync(line).ConfigureAwait(false);
        await output.FlushAsync().ConfigureAwait(false);
    }

    private static async Task<IReadOnlyList<string>> LinesAsync(RunningServer server, string commonOptions, long started)
    {
        var (installation, endpoints) = (server.Installation, server.Endpoints);
        List<string> lines =
        [
            $"XmppHost {typeof(Banner).Assembly.GetName().Version!.ToString(3)}. Configuration: {installation.File ?? "built-in"}. Data: {installation.DataDirectory}",
            .. Row("clients", [.. endpoints.C2s.Select(a => $"{a} (STARTTLS)"), .. endpoints.C2sDirectTls.Select(a => $"{a} (TLS)")]),
            .. Row("web", [.. endpoints.Http.Select(a => $"http://{a}"), .. endpoints.Https.Select(a => $"https://{a}")]),
            .. Row("metrics", [.. endpoints.Metrics.Select(a => $"http://{a}{installation.Settings.Metrics.Path}")]),
        ];
        var accounts = 0;
        foreach (var host in server.Composition.Hosts)
        {
            lines.AddRange(Row(host.Configuration.Name, [.. host.Plugins.Select(p => p.File.Id)]));
            if (accounts == 0) accounts = (await host.Scope.Resolve<IAccounts>().ListAsync().ConfigureAwait(false)).Count;
        }

        if (accounts == 0) lines.Add($"There is no account yet. To add one: {Shell.Self()} user add alice@{installation.Configuration.Hosts[0].Name}{commonOptions}");
        lines.Add(string.Create(CultureInfo.InvariantCulture, $"Ready after {TimeProvider.System.GetElapsedTime(started).TotalSeconds:0.00} s. Ctrl-C stops it."));
        return lines;
    }

    private static string[] Row(string title, string[] items) => items.Length == 0 ? [] : [$"  {title,-12} {string.Join(", ", items)}"];

    [LoggerMessage(1, LogLevel.Information, "{Line}")]
    private static partial void Started(ILogger logger, string line);
}
