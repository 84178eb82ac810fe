using Microsoft.Extensions.Logging;

// The connection and the host are properties that the layout puts before every line.
#pragma warning disable SYSLIB1015

namespace XmppHost.Core.Streams;

/// <summary>What streams log; every line has the connection's id and the host.</summary>
internal static partial class StreamLog
{
    [LoggerMessage(10, LogLevel.Information, "logged in as {Account}")]
    internal static partial void Authenticated(ILogger logger, string conn, string? vHost, string account);

    [LoggerMessage(11, LogLevel.Debug, "connection lost: {Reason}")]
    internal static partial void ConnectionLost(ILogger logger, string conn, string? vHost, string reason);

    [LoggerMessage(12, LogLevel.Error, "stream failed")]
    internal static partial void Failed(ILogger logger, Exception e, string conn, string? vHost);

    [LoggerMessage(13, LogLevel.Information, "stream error {Condition}: {Text}")]
    internal static partial void StreamError(ILogger logger, string conn, string? vHost, string condition, string? text);

    [LoggerMessage(14, LogLevel.Debug, "stream ended")]
    internal static partial void Ended(ILogger logger, string conn, string? vHost);

    [LoggerMessage(15, LogLevel.Debug, "bound {Jid}")]
    internal static partial void Bound(ILogger logger, string conn, string? vHost, string jid);

    [LoggerMessage(16, LogLevel.Warning, "too many connections from {Address}: {Count}")]
    internal static partial void TooManyConnections(ILogger logger, string address, int count);

    [LoggerMessage(17, LogLevel.Error, "looking after idle connections and lost sessions failed")]
    internal static partial void SweepFailed(ILogger logger, Exception e);
}
