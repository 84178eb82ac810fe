namespace XmppHost.Storage.Sql;

/// <summary>Times as the database has them.</summary>
internal static class Micros
{
    internal static long From(DateTimeOffset time) => (time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;

    internal static DateTimeOffset ToTime(long micros) => DateTimeOffset.UnixEpoch.AddTicks(micros * TimeSpan.TicksPerMicrosecond);

    internal static long From(TimeSpan span) => span.Ticks / TimeSpan.TicksPerMicrosecond;

    internal static TimeSpan ToSpan(long micros) => new(micros * TimeSpan.TicksPerMicrosecond);
}
