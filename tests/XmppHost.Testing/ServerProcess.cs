using System.Diagnostics;
using System.Text;

namespace XmppHost.Testing;

/// <summary>
/// The real server as a child process, as an operator runs it: built files, command line, data folder, signals. It keeps its ports and its
/// data over a restart.
/// </summary>
public sealed class ServerProcess : IServerUnderTest
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(30);

    private readonly ServerProcessOptions _options;
    private readonly TempFolder _folder = new("xmpphost");
    private readonly StringBuilder _earlierOutput = new();
    private GuardedProcess? _process;

    private ServerProcess(ServerProcessOptions options)
    {
        _options = options;
        (Port, DirectTlsPort, HttpPort, HttpsPort) = LoopbackPorts.Take(4) switch { var p => (p[0], p[1], p[2], p[3]) };
        if (options.Config is { } config) File.WriteAllText(_folder["xmpphost.json"], config);
    }

    public int Port { get; }

    public int DirectTlsPort { get; }

    public int HttpPort { get; }

    public int HttpsPort { get; }

    public string DataFolder => _folder["data"];

    public string CertificateFile => _folder["trusted.pem"];

    public int ProcessId => Running.Id;

    public string Log => _earlierOutput + (_process?.Output ?? "");

    private GuardedProcess Running => _process ?? throw new InvalidOperationException("the server is not running");

    private string Program => Path.Combine(_options.Folder ?? Repository.Output("XmppHost.Server"), "xmpphost.dll");

    private string[] Place => _options.Config is null ? ["--data", DataFolder] : ["--config", _folder["xmpphost.json"], "--data", DataFolder];

    public static async Task<ServerProcess> StartAsync(ServerProcessOptions? options = null)
    {
        var server = new ServerProcess(options ?? new ServerProcessOptions());
        try
        {
            await server.RunAsync();
            server.WriteCertificateFile();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts it again after <see cref="KillAsync"/> or <see cref="TerminateAsync"/>.</summary>
    public async Task RunAsync()
    {
        if (_process is not null) throw new InvalidOperationException("the server is still running");
        _process = await GuardedProcess.StartAsync(_folder.Path, "dotnet", [Program, "run", .. Place, .. Overrides()], _options.Environment);
        var waited = Stopwatch.StartNew();
        foreach (var port in new[] { Port, DirectTlsPort, HttpPort, HttpsPort })
        {
            while (!await LoopbackPorts.AnswersAsync(port))
            {
                if (_process.HasExited || waited.Elapsed > StartLimit)
                    throw new InvalidOperationException($"the server does not answer on port {port} after {waited.Elapsed.TotalSeconds:F1} s:\n{Log}");
                await Task.Delay(20);
            }
        }
    }

    /// <summary>SIGKILL: nothing is flushed, nobody is told.</summary>
    public async Task KillAsync()
    {
        await Running.KillAsync();
        await ForgetAsync();
    }

    /// <summary>SIGTERM; the exit code.</summary>
    public async Task<int> TerminateAsync()
    {
        await Running.SignalAsync("TERM");
        var exitCode = await Running.WaitForExitAsync(TimeSpan.FromSeconds(30));
        await ForgetAsync();
        return exitCode;
    }

    /// <summary>Runs another command of the program on the same config and data, as in <c>xmpphost user add ...</c>.</summary>
    public async Task<(int ExitCode, string Output)> CommandAsync(params string[] arguments)
    {
        await using var command = await GuardedProcess.StartAsync(_folder.Path, "dotnet", [Program, .. arguments, .. Place], _options.Environment);
        var exitCode = await command.WaitForExitAsync(TimeSpan.FromMinutes(1));
        return (exitCode, command.Output);
    }

    public async Task AddAccountAsync(string jid, string password)
    {
        var (exitCode, output) = await CommandAsync("user", "add", jid, "--password", password);
        if (exitCode != 0) throw new InvalidOperationException($"xmpphost user add {jid}: exit code {exitCode}: {output}");
    }

    public async ValueTask DisposeAsync()
    {
        await ForgetAsync();
        _folder.Dispose();
    }

    private string[] Overrides()
    {
        string[] settings =
        [
            $"endpoints:c2s:listen:0=127.0.0.1:{Port}",
            $"endpoints:c2sDirectTls:listen:0=127.0.0.1:{DirectTlsPort}",
            $"endpoints:http:listen:0=127.0.0.1:{HttpPort}",
            $"endpoints:https:listen:0=127.0.0.1:{HttpsPort}",
            .. _options.Settings,
        ];
        return [.. settings.SelectMany(s => new[] { "--set", s })];
    }

    // The self-signed certificate of every host, and what else the test wants to be trusted.
    private void WriteCertificateFile()
    {
        var files = Directory.EnumerateFiles(Path.Combine(DataFolder, "certs"), "*.pem").Select(File.ReadAllText);
        File.WriteAllText(CertificateFile, string.Join('\n', files.Where(text => text.Contains("BEGIN CERTIFICATE", StringComparison.Ordinal)).Append(_options.AlsoTrusted)));
    }

    private async Task ForgetAsync()
    {
        if (_process is null) return;
        await _process.DisposeAsync();
        _earlierOutput.Append(_process.Output);
        _process = null;
    }
}
