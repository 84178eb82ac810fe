using System.Diagnostics.Metrics;
using System.Text;
using Microsoft.Extensions.Logging;
using XmppHost.Addressing;
using XmppHost.Hosting;
using XmppHost.Plugins.ClamAv;
using XmppHost.Storage;
using XmppHost.Testing.Services;

namespace XmppHost.Plugins.Tests.ClamAv;

/// <summary>A scanner with its log and its counts.</summary>
internal sealed class ScannerUnderTest : IDisposable, ILogger<UploadScanner>
{
    private readonly Meter _meter = new("scanner tests");
    private readonly MeterListener _listener = new();
    private readonly UploadScanner _scanner;

    internal ScannerUnderTest(ClamAvOptions options)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter == _meter) listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
        {
            lock (Counts) Counts.Add(tags.IsEmpty ? $"{instrument.Name} {value}" : $"{instrument.Name} {tags[0].Value} {value}");
        });
        _listener.Start();
        _scanner = new UploadScanner(new Clamd(options.ParsedAddress, options.Timeout, TimeProvider.System), options, new ScanMetrics(_meter), TimeProvider.System, this);
    }

    internal List<string> Counts { get; } = [];

    internal List<string> Lines { get; } = [];

    /// <summary>A file with the pattern somewhere in it.</summary>
    internal static byte[] Infected(int before = 0, int after = 0) => [.. new byte[before], .. Encoding.ASCII.GetBytes(ClamDaemon.Pattern), .. new byte[after]];

    internal ValueTask<UploadVerdict> ScanAsync(byte[] content) => ScanAsync(() => new MemoryStream(content), content.Length);

    internal ValueTask<UploadVerdict> ScanAsync(Func<Stream> open, long size)
    {
        var entry = new UploadEntry(
            "example.org", "random/file.bin", "fileStore", Jid.Parse("alice@example.org"), "file.bin", size, null, "message", DateTimeOffset.UnixEpoch, null, null, UploadState.Issued);
        return _scanner.UploadedAsync(new FinishedUpload(entry, new Uri("https://example.org/upload/random/file.bin"), _ => ValueTask.FromResult(open())), CancellationToken.None);
    }

    public void Dispose()
    {
        _listener.Dispose();
        _scanner.Dispose();
        _meter.Dispose();
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        lock (Lines) Lines.Add($"{logLevel}: {formatter(state, exception)}");
    }
}
