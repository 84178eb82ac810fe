using Microsoft.Extensions.Logging;

namespace XmppHost.Core.Streams;

/// <summary>What streams log; every line has the connection's id and the host.</summary>
internal static partial class StreamLog
{
    [LoggerMessage(10, LogLevel.Information, "[{Conn} {VHost}] logged in as {Account}")]
    internal static partial void Authenticated(ILogger logger, string conn, string? vHost, string account);

    [LoggerMessage(11, LogLevel.Debug, "[{Conn} {VHost}] connection lost: {Reason}")]
    internal static partial void ConnectionLost(ILogger logger, string conn, string? vHost, string reason);

    [LoggerMessage(12, LogLevel.Error, "[{Conn} {VHost}] stream failed")]
    internal static partial void Failed(ILogger logger, Exception e, string conn, string? vHost);

    [LoggerMessage(13, LogLevel.Information, "[{Conn} {VHost}] stream error {Condition}: {Text}")]
    internal static partial void StreamError(ILogger logger, string conn, string? vHost, string condition, string? text);

    [LoggerMessage(14, LogLevel.Debug, "[{Conn} {VHost}] stream ended")]
    internal static partial void Ended(ILogger logger, string conn, string? vHost);

    [LoggerMessage(15, LogLevel.Debug, "[{Conn} {VHost}] bound {Jid}")]
    internal static partial void Bound(ILogger logger, string conn, string? vHost, string jid);

    [LoggerMessage(16, LogLevel.Warning, "too many connections from {Address}: {Count}")]
    internal static partial void TooManyConnections(ILogger logger, string address, int count);
}
