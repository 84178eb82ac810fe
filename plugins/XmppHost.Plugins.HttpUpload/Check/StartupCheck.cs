using Microsoft.Extensions.Logging;
using XmppHost.Hosting;

namespace XmppHost.Plugins.HttpUpload.Check;

/// <summary>What to do at the start about a store that does not work.</summary>
internal enum StartupCheckMode
{
    /// <summary>Nothing is tried.</summary>
    Off,

    /// <summary>It is tried, and what is wrong is logged.</summary>
    Warn,

    /// <summary>The server does not start with a store that fails.</summary>
    Refuse,
}

/// <summary>Runs the check before the first client can connect. The embedded store is not tried, since nothing listens yet.</summary>
internal sealed partial class StartupCheck(HttpUploadOptions options, UploadChecks checks, IVHost host, ILoggerFactory loggers) : IVHostService
{
    private readonly ILogger _logger = loggers.CreateLogger<StartupCheck>();

    public async ValueTask StartAsync(CancellationToken ct)
    {
        if (options.StartupCheck == StartupCheckMode.Off || options.Backend == UploadBackendKind.FileStore) return;
        var steps = await checks.Create().RunAsync(ct).ConfigureAwait(false);
        var failed = steps.Where(s => s.Result == CheckResult.Failed).ToArray();
        if (failed.Length > 0 && options.StartupCheck == StartupCheckMode.Refuse)
            throw new InvalidOperationException($"the upload store of {host.Name} fails its check: {string.Join("; ", failed.Select(s => $"{s.Name}: {s.Text}"))}");
        foreach (var step in steps)
        {
            if (step.Result == CheckResult.Failed) LogFailed(host.Name, step.Name, step.Text);
            else if (step.Result == CheckResult.Warning) LogWarning(host.Name, step.Name, step.Text);
        }

        if (failed.Length == 0) LogWorks(host.Name, checks.Subject);
    }

    public ValueTask StopAsync(CancellationToken ct) => ValueTask.CompletedTask;

    [LoggerMessage(1, LogLevel.Information, "the upload store of {VHost} works: {Store}")]
    private partial void LogWorks(string vHost, string store);

    [LoggerMessage(2, LogLevel.Warning, "the upload store of {VHost}: {Step}: {Text}")]
    private partial void LogWarning(string vHost, string step, string text);

    [LoggerMessage(3, LogLevel.Error, "the upload store of {VHost} fails: {Step}: {Text}")]
    private partial void LogFailed(string vHost, string step, string text);
}
