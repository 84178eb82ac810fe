using Microsoft.Extensions.Logging.Abstractions;

namespace XmppHost.Server.Logging;

/// <summary>
/// The server's log for the web server in it, without what its host says of a start that failed: that is told by whoever started it, in one line. And without scopes: the web server would open
/// one for every connection as long as it lasts, which takes memory of each and says nothing that its own lines do not say.
/// </summary>
internal sealed class WebServerLoggers(ILoggerFactory inner) : ILoggerFactory
{
    public ILogger CreateLogger(string categoryName) =>
        categoryName == "Microsoft.Extensions.Hosting.Internal.Host" ? NullLogger.Instance : new WithoutScopes(inner.CreateLogger(categoryName));

    public void AddProvider(ILoggerProvider provider) => inner.AddProvider(provider);

    // The log outlives the web server.
    public void Dispose()
    {
    }

    private sealed class WithoutScopes(ILogger inner) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => inner.IsEnabled(logLevel);

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            inner.Log(logLevel, eventId, state, exception, formatter);
    }
}
