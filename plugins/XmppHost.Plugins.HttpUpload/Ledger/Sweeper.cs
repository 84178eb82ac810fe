using Microsoft.Extensions.Logging;
using XmppHost.Hosting;
using XmppHost.Storage;

namespace XmppHost.Plugins.HttpUpload.Ledger;

/// <summary>Keeps ledger and store in step: see <see cref="ArrivalSweep"/> and <see cref="ExpirySweep"/>. While the store does not answer it asks ever more seldom.</summary>
internal sealed partial class Sweeper(
    IVHost host, IUploadLedger ledger, ArrivalSweep arrivals, ExpirySweep expiry, SweepClock clock, UploadMetrics metrics, TimeProvider time, ILoggerFactory loggers) : IVHostService, IDisposable
{
    internal static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan TotalsInterval = TimeSpan.FromMinutes(5);

    private readonly ILogger _logger = loggers.CreateLogger<Sweeper>();
    private CancellationTokenSource _stop = new();
    private Task _loop = Task.CompletedTask;
    private DateTimeOffset _totalsAt = DateTimeOffset.MinValue;

    public ValueTask StartAsync(CancellationToken ct)
    {
        _stop.Dispose();
        _stop = new CancellationTokenSource();
        _loop = Task.Run(() => RunAsync(_stop.Token), CancellationToken.None);
        return ValueTask.CompletedTask;
    }

    public async ValueTask StopAsync(CancellationToken ct)
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _loop.WaitAsync(ct).ConfigureAwait(false);
    }

    public void Dispose() => _stop.Dispose();

    /// <summary>Once through everything that is due.</summary>
    /// <param name="horizon">What expires until then is expected by the clock.</param>
    /// <returns>False when something could not be done and is to be tried again.</returns>
    internal async Task<bool> SweepAsync(DateTimeOffset horizon, CancellationToken ct)
    {
        // Each by itself: that one thing fails keeps no other from its time.
        var expired = await GuardAsync(token => expiry.RunAsync(horizon, token), ct).ConfigureAwait(false);
        var settled = await GuardAsync(async token => { await arrivals.RunAsync(token).ConfigureAwait(false); return true; }, ct).ConfigureAwait(false);
        return await GuardAsync(TotalAsync, ct).ConfigureAwait(false) && expired && settled;
    }

    private async Task RunAsync(CancellationToken ct)
    {
        try
        {
            var pause = Interval;
            while (true)
            {
                var done = await SweepAsync(time.GetUtcNow() + Interval, ct).ConfigureAwait(false);
                pause = done ? Interval : pause * 2 < LongestPause ? pause * 2 : LongestPause;
                await clock.SleepAsync(pause, ExpirySweep.Lead, ct).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    private async Task<bool> TotalAsync(CancellationToken ct)
    {
        var now = time.GetUtcNow();
        if (now < _totalsAt) return true;
        metrics.Stored(await ledger.TotalsAsync(host.Name, ct).ConfigureAwait(false));
        _totalsAt = now + TotalsInterval;
        return true;
    }

    private async Task<bool> GuardAsync(Func<CancellationToken, Task<bool>> work, CancellationToken ct)
    {
        try
        {
            return await work(ct).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OperationCanceledException || !ct.IsCancellationRequested)
        {
            LogFailed(e, host.Name);
            return false;
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "looking after the uploads of host {VHost} failed; it is tried again")]
    private partial void LogFailed(Exception e, string vHost);
}
