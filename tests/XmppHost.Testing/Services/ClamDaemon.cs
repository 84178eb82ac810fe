using System.Diagnostics;

namespace XmppHost.Testing.Services;

/// <summary>ClamAV's daemon, with a signature of the tests' own: files that contain <see cref="Pattern"/> are infected with <see cref="Signature"/>.</summary>
public sealed class ClamDaemon : IAsyncDisposable
{
    public const string Pattern = "XMPPHOST-SCANNER-TEST-PATTERN-1b0e8f7a";

    /// <summary>As clamd says it: a database that its makers have not signed is unofficial.</summary>
    public const string Signature = "XmppHost.Test.Pattern.UNOFFICIAL";

    /// <summary>What its configuration lets through INSTREAM.</summary>
    public const int MaxStream = 2 << 20;

    private static readonly Lazy<Task<ClamDaemon>> Instance = new(StartAsync);

    private readonly ServiceScript _script;

    private ClamDaemon(ServiceScript script) => _script = script;

    public int Port => _script.Port;

    public string Socket => _script["socket"];

    /// <summary>The one of this test process; it ends with the process.</summary>
    public static Task<ClamDaemon> SharedAsync() => Instance.Value;

    public static async Task<ClamDaemon> StartAsync() => new(await ServiceScript.StartAsync("clamd", Pattern));

    /// <summary>Lets it hang, as it does while it loads new databases: it accepts connections and says nothing.</summary>
    public Task PauseAsync() => SignalAsync("STOP");

    public Task ContinueAsync() => SignalAsync("CONT");

    public ValueTask DisposeAsync() => _script.DisposeAsync();

    private async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("/bin/kill", [$"-{signal}", _script["pid"]]);
        await kill.WaitForExitAsync();
    }
}
