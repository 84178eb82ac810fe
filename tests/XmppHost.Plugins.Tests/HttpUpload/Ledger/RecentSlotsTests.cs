using FsCheck.Fluent;
using XmppHost.Plugins.HttpUpload.Ledger;

namespace XmppHost.Plugins.Tests.HttpUpload.Ledger;

public sealed class RecentSlotsTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    /// <summary>Against a list of all slots: slots count for 60 s, bytes from the end of their minute for a day.</summary>
    [Test]
    public void Counts_what_a_list_of_everything_would_count()
    {
        var step = Gen.Choose(0, 40_000).Zip(Gen.Choose(1, 1000));
        FsCheck.Check.One(FsCheck.Config.QuickThrowOnFailure.WithMaxTest(300), Prop.ForAll(step.ListOf().ToArbitrary(), steps =>
        {
            var (recent, all, now) = (new RecentSlots(), new List<(DateTimeOffset At, long Bytes)>(), Start);
            foreach (var (wait, bytes) in steps)
            {
                now = now.AddSeconds(wait / 2.0);
                recent.Drop(now);
                if (recent.Slots != all.Count(s => s.At.AddMinutes(1) > now) || recent.Bytes != all.Where(s => CountsUntil(s.At) > now).Sum(s => s.Bytes)) return false;
                recent.Add(now, bytes);
                all.Add((now, bytes));
            }

            return steps.Count == 0 || Frees(recent, all, now);
        }));
    }

    private static bool Frees(RecentSlots recent, List<(DateTimeOffset At, long Bytes)> all, DateTimeOffset now)
    {
        var need = Math.Max(1, recent.Bytes / 2);
        var at = recent.LessBy(need);
        var counted = all.Where(s => CountsUntil(s.At) > now).ToList();
        var freed = counted.Where(s => CountsUntil(s.At) <= at).Sum(s => s.Bytes);
        var freedBefore = counted.Where(s => CountsUntil(s.At) < at).Sum(s => s.Bytes);
        return freed >= need && freedBefore < need;
    }

    private static DateTimeOffset CountsUntil(DateTimeOffset at) => new DateTimeOffset(at.UtcTicks - at.UtcTicks % TimeSpan.TicksPerMinute, TimeSpan.Zero).AddMinutes(1).AddDays(1);
}
