using XmppHost.Server.Cli;
using XmppHost.Server.Hosting;

namespace XmppHost.Server.Tests;

/// <summary>The command line, run in this process.</summary>
internal static class Cli
{
    /// <summary>Makes the plugins findable: this process runs beside the tests, not beside the server.</summary>
    private static string PluginFolder { get; } = $"pluginFolders:0={Path.Combine(Repository.Output("XmppHost.Server"), "plugins")}";

    internal static string[] EphemeralPorts { get; } =
        [.. new[] { "c2s", "c2sDirectTls", "http", "https" }.SelectMany(e => new[] { "--set", $"endpoints:{e}:listen:0=127.0.0.1:0" })];

    internal static async Task<CliResult> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var exitCode = await new XmppHostCommand().RunAsync([.. arguments, "--set", PluginFolder], output, error);
        return new CliResult(exitCode, output.ToString(), error.ToString());
    }

    /// <summary>A running server in this process, on ports of its own.</summary>
    internal static Task<RunningServer> StartAsync(string? config, string data, params string[] overrides) =>
        RunningServer.StartAsync(Installation.Load(config, data, [PluginFolder, .. EphemeralPorts.Where(p => p != "--set"), .. overrides]), CancellationToken.None);
}

internal sealed record CliResult(int ExitCode, string Output, string Error)
{
    internal string[] ErrorLines => Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
