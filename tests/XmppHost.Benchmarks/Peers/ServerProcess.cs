using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace XmppHost.Benchmarks.Peers;

/// <summary>A server's process: started with as many file descriptors as allowed, its output in a file, stopped with SIGTERM.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private const int SigTerm = 15;

    private readonly Process _process;
    private readonly string _logFile;

    private ServerProcess(Process process, string logFile)
    {
        _process = process;
        _logFile = logFile;
    }

    public int Id => _process.Id;

    public static ServerProcess Start(string logFile, IReadOnlyDictionary<string, string> environment, string program, params IEnumerable<string> arguments)
    {
        // exec keeps the process id, so /proc shows the server and not a shell
        var start = new ProcessStartInfo("/bin/sh") { UseShellExecute = false };
        foreach (var argument in new[] { "-c", "ulimit -n \"$(ulimit -Hn)\"; log=$1; shift; exec \"$@\" >\"$log\" 2>&1 </dev/null", "sh", logFile, program }.Concat(arguments))
            start.ArgumentList.Add(argument);
        foreach (var (name, value) in environment) start.Environment[name] = value;
        return new ServerProcess(Process.Start(start)!, logFile);
    }

    /// <summary>Until the port accepts connections.</summary>
    public Task WaitForPortAsync(IPEndPoint port, CancellationToken ct) => WaitAsync($"port {port.Port}", async () =>
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(port, ct);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }, ct);

    /// <summary>Until the output has <paramref name="text"/>.</summary>
    public Task WaitForOutputAsync(string text, CancellationToken ct) =>
        WaitAsync($"'{text}'", async () => File.Exists(_logFile) && (await File.ReadAllTextAsync(_logFile, ct)).Contains(text, StringComparison.Ordinal), ct);

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _ = Kill(_process.Id, SigTerm);
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(15));
            try
            {
                await _process.WaitForExitAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                _process.Kill(entireProcessTree: true);
                await _process.WaitForExitAsync(CancellationToken.None);
            }
        }

        _process.Dispose();
    }

    private async Task WaitAsync(string what, Func<Task<bool>> isThere, CancellationToken ct)
    {
        var clock = Stopwatch.StartNew();
        while (!await isThere())
        {
            if (_process.HasExited) throw new InvalidOperationException($"The server exited with {_process.ExitCode} before {what} was there:\n{Tail()}");
            if (clock.Elapsed > TimeSpan.FromSeconds(60)) throw new TimeoutException($"The server did not show {what} within a minute:\n{Tail()}");
            await Task.Delay(100, ct);
        }
    }

    private string Tail() => File.Exists(_logFile) ? string.Join('\n', File.ReadLines(_logFile).TakeLast(20)) : "(no output)";

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int Kill(int process, int signal);
}
