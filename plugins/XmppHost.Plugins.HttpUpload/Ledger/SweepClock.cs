namespace XmppHost.Plugins.HttpUpload.Ledger;

/// <summary>When the sweeper has to look again: at intervals, and earlier where something expires sooner.</summary>
internal sealed class SweepClock(TimeProvider time)
{
    private readonly Lock _gate = new();
    private DateTimeOffset _next = DateTimeOffset.MaxValue;
    private CancellationTokenSource? _sleep;

    /// <summary>Something expires then.</summary>
    internal void Expect(DateTimeOffset at)
    {
        lock (_gate)
        {
            if (at >= _next) return;
            _next = at;
            _sleep?.Cancel();
        }
    }

    /// <summary>Sleeps for the interval, or until <paramref name="lead"/> before the first of what was expected.</summary>
    internal async Task SleepAsync(TimeSpan interval, TimeSpan lead, CancellationToken ct)
    {
        var end = time.GetUtcNow() + interval;
        while (Remaining(end, lead) is var left && left > TimeSpan.Zero)
        {
            using var sleep = CancellationTokenSource.CreateLinkedTokenSource(ct);
            lock (_gate) _sleep = sleep;
            left = Remaining(end, lead);
            if (left > TimeSpan.Zero) await Task.Delay(left, time, sleep.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            lock (_gate) _sleep = null;
            ct.ThrowIfCancellationRequested();
        }

        lock (_gate) _next = DateTimeOffset.MaxValue;
    }

    private TimeSpan Remaining(DateTimeOffset end, TimeSpan lead)
    {
        lock (_gate)
        {
            var now = time.GetUtcNow();
            return _next < DateTimeOffset.MaxValue && _next - lead < end ? _next - lead - now : end - now;
        }
    }
}
