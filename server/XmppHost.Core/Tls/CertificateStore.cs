using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using XmppHost.Addressing;

namespace XmppHost.Core.Tls;

/// <summary>The certificates of all hosts, out of one folder (see <see cref="CertificateFiles"/>), read again when the files change.</summary>
internal sealed partial class CertificateStore(string folder, IReadOnlyList<string> hosts, TimeProvider time, ILogger<CertificateStore> logger) : IDisposable
{
    // A watcher can miss changes: on network file systems, over symbolic links, when its queue overflows.
    private static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(30);

    // Certificate and key are written one after the other.
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, HostCertificate> _certificates = new();
    private readonly Dictionary<string, string> _stamps = [];
    private readonly Lock _reloading = new();
    private FileSystemWatcher? _watcher;
    private ITimer? _timer;

    /// <summary>Loads every host's certificate, making those that are missing. Gives the problems, one line each.</summary>
    internal IReadOnlyList<string> Load()
    {
        var problems = new List<string>();
        foreach (var host in hosts)
        {
            try
            {
                Load(host);
            }
            catch (Exception e) when (e is CertificateException or IOException or UnauthorizedAccessException)
            {
                problems.Add(e.Message.ReplaceLineEndings(" "));
            }
        }

        return problems;
    }

    /// <summary>Starts to look for changes.</summary>
    internal void Watch()
    {
        _timer = time.CreateTimer(_ => Reload(), null, PollInterval, PollInterval);
        try
        {
            _watcher = new FileSystemWatcher(folder) { IncludeSubdirectories = true };
            FileSystemEventHandler changed = (_, _) => _timer.Change(Settle, PollInterval);
            _watcher.Changed += changed;
            _watcher.Created += changed;
            _watcher.Renamed += (_, _) => _timer.Change(Settle, PollInterval);
            _watcher.EnableRaisingEvents = true;
        }
        catch (Exception e) when (e is IOException or ArgumentException)
        {
            NotWatching(folder, e.Message);
        }
    }

    /// <summary>The certificate of the host that the client named, or of the one that the name is a service of; else of <paramref name="fallback"/>, else of the first host.</summary>
    internal HostCertificate For(string? serverName, string? fallback = null)
    {
        if (serverName is { Length: > 0 } && HostOf(serverName) is { } host) return _certificates[host];
        return fallback is not null && _certificates.TryGetValue(fallback, out var known) ? known : _certificates[hosts[0]];
    }

    /// <summary>Reads again what changed; what cannot be used is logged and the old certificate stays.</summary>
    internal void Reload()
    {
        lock (_reloading)
        {
            foreach (var host in hosts)
            {
                try
                {
                    Reload(host);
                }
                catch (Exception e) when (e is CertificateException or IOException or UnauthorizedAccessException)
                {
                    NotReloaded(host, e.Message.ReplaceLineEndings(" "));
                }
            }
        }
    }

    public void Dispose()
    {
        _watcher?.Dispose();
        _timer?.Dispose();
    }

    private void Load(string host)
    {
        if (CertificateFiles.Find(folder, host) is not { } files)
        {
            Directory.CreateDirectory(folder);
            files = new CertificateFiles(Path.Combine(folder, host + ".pem"), Path.Combine(folder, host + ".key"));
            SelfSignedCertificate.Write(DomainPart.ToAscii(host), files.Certificate, files.Key, time.GetUtcNow());
            MadeSelfSigned(host, files.Certificate);
        }

        _stamps[host] = files.Stamp;
        var loaded = files.Load();
        _certificates[host] = loaded;
        // Not a reason to stay down: clients that pin or ignore it still get in, and the file is read again when it is renewed.
        if (IsExpired(loaded)) Expired(host, files.Certificate, loaded.Certificate.NotAfter);
    }

    private void Reload(string host)
    {
        if (CertificateFiles.Find(folder, host) is not { } files || files.Stamp is var stamp && stamp == _stamps[host]) return;
        _stamps[host] = stamp;
        var loaded = files.Load();
        if (IsExpired(loaded)) throw new CertificateException($"{files.Certificate}: expired on {loaded.Certificate.NotAfter:yyyy-MM-dd}");
        _certificates[host] = loaded;
        Reloaded(host, files.Certificate, loaded.Certificate.NotAfter);
    }

    private bool IsExpired(HostCertificate certificate) => certificate.Certificate.NotAfter.ToUniversalTime() < time.GetUtcNow().UtcDateTime;

    private string? HostOf(string serverName)
    {
        for (var name = DomainPart.Prepare(serverName); name is not null; name = ParentOf(name))
            if (_certificates.ContainsKey(name))
                return name;
        return null;
    }

    private static string? ParentOf(string name) => name.IndexOf('.', StringComparison.Ordinal) is > 0 and var dot ? name[(dot + 1)..] : null;

    [LoggerMessage(Level = LogLevel.Information, Message = "Made a self-signed certificate for {Host}: {File}")]
    private partial void MadeSelfSigned(string host, string file);

    [LoggerMessage(Level = LogLevel.Error, Message = "The certificate of {Host} expired on {NotAfter:yyyy-MM-dd}: {File}")]
    private partial void Expired(string host, string file, DateTime notAfter);

    [LoggerMessage(Level = LogLevel.Information, Message = "Reloaded the certificate of {Host}, valid until {NotAfter:yyyy-MM-dd}: {File}")]
    private partial void Reloaded(string host, string file, DateTime notAfter);

    [LoggerMessage(Level = LogLevel.Error, Message = "The new certificate of {Host} is not used, the old one stays: {Problem}")]
    private partial void NotReloaded(string host, string problem);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Changes in {Folder} are seen with a delay: {Problem}")]
    private partial void NotWatching(string folder, string problem);
}
