using Microsoft.Extensions.Logging.Abstractions;

namespace XmppHost.Server.Logging;

/// <summary>The server's log for the web server in it, without what its host says of a start that failed: that is told by whoever started it, in one line.</summary>
internal sealed class WebServerLoggers(ILoggerFactory inner) : ILoggerFactory
{
    public ILogger CreateLogger(string categoryName) => categoryName == "Microsoft.Extensions.Hosting.Internal.Host" ? NullLogger.Instance : inner.CreateLogger(categoryName);

    public void AddProvider(ILoggerProvider provider) => inner.AddProvider(provider);

    // The log outlives the web server.
    public void Dispose()
    {
    }
}
