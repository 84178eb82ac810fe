using System.Text;
using Microsoft.Extensions.Logging;

namespace XmppHost.Testing;

/// <summary>What a server in memory logs, for the report of a test that fails.</summary>
internal sealed class MemoryLog(LogLevel least) : ILoggerProvider, ILogger
{
    private readonly StringBuilder _text = new();

    internal string Text
    {
        get
        {
            lock (_text) return _text.ToString();
        }
    }

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= least;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (!IsEnabled(logLevel)) return;
        lock (_text) _text.Append(logLevel).Append(": ").Append(formatter(state, exception)).Append(exception is null ? "" : "\n" + exception).Append('\n');
    }

    public void Dispose()
    {
        // Read after the server has gone, too.
    }
}
