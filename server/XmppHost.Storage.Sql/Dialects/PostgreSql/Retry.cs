using System.Diagnostics;
using Npgsql;

namespace XmppHost.Storage.Sql.Dialects.PostgreSql;

/// <summary>Tries again while the database restarts, fails over or has chosen this transaction as a deadlock's victim.</summary>
internal struct Retry()
{
    // A restart takes a second or two. Longer, and callers had better hear that it failed.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(500);

    private readonly long _since = Stopwatch.GetTimestamp();
    private TimeSpan _pause = TimeSpan.FromMilliseconds(5);

    /// <summary>How long to wait before the next attempt, or null: give up.</summary>
    internal TimeSpan? After(Exception exception)
    {
        if (!IsPassing(exception) || Stopwatch.GetElapsedTime(_since) > Patience) return null;
        var pause = _pause;
        _pause = _pause * 2 < LongestPause ? _pause * 2 : LongestPause;
        return pause;
    }

    // Npgsql counts lost connections, shutdowns and serialization failures as transient. A disk that is full passes too, but not in seconds.
    private static bool IsPassing(Exception exception) =>
        exception is NpgsqlException { IsTransient: true } and not PostgresException { SqlState: PostgresErrorCodes.DiskFull or PostgresErrorCodes.OutOfMemory or PostgresErrorCodes.InsufficientResources }
        || exception is PostgresException { SqlState: PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow or PostgresErrorCodes.DeadlockDetected };
}
