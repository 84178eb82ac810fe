using System.Diagnostics;

namespace XmppHost.Testing.Services;

/// <summary>
/// A script of tests/services that runs a real service for as long as its standard input is open: it ends with this process, however this
/// process ends.
/// </summary>
internal sealed class ServiceScript : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(30);

    private readonly Process _process;
    private readonly TempFolder _folder;
    private readonly Dictionary<string, string> _values = [];

    private ServiceScript(Process process, TempFolder folder)
    {
        _process = process;
        _folder = folder;
    }

    /// <summary>What the script has printed as NAME=VALUE before it was ready.</summary>
    public string this[string name] => _values[name];

    public int Port => int.Parse(_values["port"], System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Runs tests/services/NAME.sh FOLDER ARGUMENTS... and waits until it says that the service answers.</summary>
    public static async Task<ServiceScript> StartAsync(string name, params string[] arguments)
    {
        var folder = new TempFolder(name);
        var start = new ProcessStartInfo(Path.Combine(Repository.Root, "tests", "services", name + ".sh"), [folder.Path, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var script = new ServiceScript(Process.Start(start)!, folder);
        try
        {
            using var limit = new CancellationTokenSource(StartLimit);
            await script.ReadUntilReadyAsync(limit.Token);
            return script;
        }
        catch
        {
            await script.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        using var limit = new CancellationTokenSource(StopLimit);
        try
        {
            await _process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            _process.Kill(entireProcessTree: true);
        }
        _process.Dispose();
        _folder.Dispose();
    }

    private async Task ReadUntilReadyAsync(CancellationToken ct)
    {
        while (await _process.StandardOutput.ReadLineAsync(ct) is { } line)
        {
            if (line == "ready") return;
            if (line.Split('=', 2) is [var name, var value]) _values[name] = value;
        }
        throw new InvalidOperationException($"{_process.StartInfo.FileName}: {await _process.StandardError.ReadToEndAsync(ct)}");
    }
}
