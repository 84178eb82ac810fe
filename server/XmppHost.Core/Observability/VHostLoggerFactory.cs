using Microsoft.Extensions.Logging;

namespace XmppHost.Core.Observability;

/// <summary>Loggers whose every line says which virtual host it is about.</summary>
internal sealed class VHostLoggerFactory(ILoggerFactory inner, string host) : ILoggerFactory
{
    private readonly KeyValuePair<string, object?>[] _scope = [KeyValuePair.Create("VHost", (object?)host)];

    public ILogger CreateLogger(string categoryName) => new VHostLogger(inner.CreateLogger(categoryName), _scope);

    public void AddProvider(ILoggerProvider provider) => inner.AddProvider(provider);

    public void Dispose()
    {
    }

    private sealed class VHostLogger(ILogger inner, KeyValuePair<string, object?>[] scope) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => inner.BeginScope(state);

        public bool IsEnabled(LogLevel logLevel) => inner.IsEnabled(logLevel);

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (!inner.IsEnabled(logLevel)) return;
            using (inner.BeginScope(scope)) inner.Log(logLevel, eventId, state, exception, formatter);
        }
    }
}
