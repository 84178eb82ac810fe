using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace XmppHost.Testing;

/// <summary>A child process that does not outlive this one: a guard holds it while our end of a pipe is open.</summary>
public sealed class GuardedProcess : IAsyncDisposable
{
    private readonly Process _guard;
    private readonly StringBuilder _output = new();
    private readonly TaskCompletionSource<int> _pid = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _pumps;

    private GuardedProcess(Process guard)
    {
        _guard = guard;
        _pumps = Task.WhenAll(PumpAsync(guard.StandardOutput), PumpAsync(guard.StandardError));
    }

    /// <summary>The child's own id, not the guard's.</summary>
    public int Id { get; private set; }

    public bool HasExited => _guard.HasExited;

    /// <summary>Standard output and standard error so far, line by line.</summary>
    public string Output
    {
        get { lock (_output) return _output.ToString(); }
    }

    public static async Task<GuardedProcess> StartAsync(
        string folder, string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        var guard = Path.Combine(Repository.Root, "tests", "services", "guard.sh");
        var start = new ProcessStartInfo(guard, [program, .. arguments])
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>()) start.Environment[name] = value;
        var process = new GuardedProcess(Process.Start(start)!);
        process.Id = await process._pid.Task;
        return process;
    }

    /// <summary>Sends a signal such as TERM or KILL to the child.</summary>
    public async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("/bin/kill", [$"-{signal}", Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    /// <summary>The exit code; 128 + N if signal N ended the child. Throws <see cref="TimeoutException"/> after the limit.</summary>
    public async Task<int> WaitForExitAsync(TimeSpan limit)
    {
        await _guard.WaitForExitAsync().WaitAsync(limit);
        await _pumps.WaitAsync(limit);
        return _guard.ExitCode;
    }

    /// <summary>Waits until TEXT stands in the output.</summary>
    public async Task WaitForOutputAsync(string text, TimeSpan limit)
    {
        var waited = Stopwatch.StartNew();
        while (!Output.Contains(text, StringComparison.Ordinal))
        {
            if (_guard.HasExited || waited.Elapsed > limit) throw new TimeoutException($"\"{text}\" did not appear in:\n{Output}");
            await Task.Delay(20);
        }
    }

    /// <summary>SIGKILL, and waits until the process is gone.</summary>
    public async Task KillAsync()
    {
        if (!_guard.HasExited) await SignalAsync("KILL");
        await WaitForExitAsync(TimeSpan.FromSeconds(30));
    }

    public async ValueTask DisposeAsync()
    {
        _guard.StandardInput.Close();
        await _guard.WaitForExitAsync();
        _guard.Dispose();
    }

    private async Task PumpAsync(StreamReader reader)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            if (!_pid.Task.IsCompleted && line.StartsWith("pid=", StringComparison.Ordinal))
                _pid.TrySetResult(int.Parse(line.AsSpan(4), CultureInfo.InvariantCulture));
            else
                lock (_output) _output.AppendLine(line);
        }
        if (!_pid.Task.IsCompleted) _pid.TrySetException(new InvalidOperationException($"the guard ended: {Output}"));
    }
}
