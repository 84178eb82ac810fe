using Microsoft.Extensions.Logging;
using XmppHost.Plugins.HttpUpload;
using XmppHost.Plugins.HttpUpload.Check;
using XmppHost.Testing.Services;

namespace XmppHost.Plugins.Tests.HttpUpload;

public sealed class StartupCheckTests
{
    private readonly Lines _log = new();

    [TearDown]
    public void Clear() => _log.Dispose();

    [Test]
    public async Task Store_that_works_is_told_of()
    {
        await StartAsync(StartupCheckMode.Warn, (await (await RadosGateway.SharedAsync()).CreateBucketAsync(publicRead: true)).AbsoluteUri);
        Assert.That(_log.Text, Does.Contain("the upload store of example.org works: s3, http://127.0.0.1:").And.Contain("cors: pages of"));
    }

    [Test]
    public async Task Store_that_fails_is_logged_or_stops_the_start_or_is_not_asked()
    {
        const string nowhere = "http://store.invalid/bucket";
        await StartAsync(StartupCheckMode.Off, nowhere);
        Assert.That(_log.Text, Is.Empty);
        await StartAsync(StartupCheckMode.Warn, nowhere);
        Assert.That(_log.Text, Does.Contain("the upload store of example.org fails: put: DNS knows no address of store.invalid"));
        Assert.That(() => StartAsync(StartupCheckMode.Refuse, nowhere), Throws.InvalidOperationException.With.Message.StartsWith("the upload store of example.org fails its check: put: DNS knows no address"));
    }

    private async Task StartAsync(StartupCheckMode mode, string bucketUrl)
    {
        var s3 = new S3Options
        {
            BucketUrl = new Uri(bucketUrl),
            Region = RadosGateway.Region,
            AccessKeyId = new Secret(RadosGateway.AccessKeyId),
            SecretAccessKey = new Secret(RadosGateway.SecretAccessKey),
        };
        using var side = new S3Side(s3);
        var options = new HttpUploadOptions { Backend = UploadBackendKind.S3, S3 = s3, StartupCheck = mode };
        var check = new StartupCheck(options, new UploadChecks(options, side.Backend, null!, side.Host, TimeProvider.System, () => side.Access), side.Host, _log);
        await check.StartAsync(CancellationToken.None);
    }

    /// <summary>What was logged.</summary>
    private sealed class Lines : ILoggerFactory, ILogger
    {
        internal string Text { get; private set; } = "";

        public ILogger CreateLogger(string categoryName) => this;

        public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => Text += $"{logLevel}: {formatter(state, exception)}\n";

        public void Dispose() => Text = "";
    }
}
