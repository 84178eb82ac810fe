using System.Diagnostics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using XmppHost.Scripting;

namespace XmppHost.Testing.Services;

/// <summary>Debian's prosody on loopback, in a temp folder, with its own self-signed certificate. The reference that scripts are checked against.</summary>
public sealed class ProsodyServer : IAsyncDisposable
{
    private const string Executable = "/usr/bin/prosody";
    private const string CtlExecutable = "/usr/bin/prosodyctl";

    private readonly string _folder = Directory.CreateTempSubdirectory("xmpphost-prosody-").FullName;
    private readonly ProsodyOptions _options;
    private Process? _process;

    private ProsodyServer(ProsodyOptions options)
    {
        _options = options;
        (Port, DirectTlsPort, HttpPort, HttpsPort) = LoopbackPorts.Take(4) switch { var p => (p[0], p[1], p[2], p[3]) };
        Certificate = WriteCertificate();
        Directory.CreateDirectory(Path.Combine(_folder, "data"));
        File.WriteAllText(ConfigFile, ProsodyConfig.For(this, options, _folder));
    }

    public int Port { get; }

    public int DirectTlsPort { get; }

    public int HttpPort { get; }

    public int HttpsPort { get; }

    /// <summary>The certificate as a client's own file of what to trust.</summary>
    public string CertificateFile => Path.Combine(_folder, "server.pem");

    /// <summary>What clients pin instead of switching validation off.</summary>
    public X509Certificate2 Certificate { get; }

    public int ProcessId => _process?.Id ?? throw new InvalidOperationException("prosody is not running");

    public string Log => File.Exists(LogFile) ? File.ReadAllText(LogFile) : "";

    public IScriptTransport Transport => new TcpTransport(new ServerAddress("127.0.0.1", Port), new ServerAddress("127.0.0.1", DirectTlsPort));

    internal string LogFile => Path.Combine(_folder, "prosody.log");

    private string ConfigFile => Path.Combine(_folder, "prosody.cfg.lua");

    public static async Task<ProsodyServer> StartAsync(ProsodyOptions? options = null)
    {
        var server = new ProsodyServer(options ?? new ProsodyOptions());
        try
        {
            server._process = Process.Start(new ProcessStartInfo(Executable, ["--config", server.ConfigFile, "-F"]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            _ = server._process.StandardOutput.ReadToEndAsync();
            _ = server._process.StandardError.ReadToEndAsync();
            await server.WaitUntilListeningAsync();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Options for a client that trusts exactly this server's certificate.</summary>
    public ScriptedClientOptions Client(string jid, string password = "secret") => new()
    {
        Jid = jid,
        Password = password,
        CertificateValidation = (_, certificate, _, _) => certificate?.GetCertHashString() == Certificate.GetCertHashString(),
    };

    /// <summary>Creates an account with prosody's own tool, so that the keys stored are prosody's.</summary>
    public async Task CreateAccountAsync(string bareJid, string password)
    {
        var at = bareJid.IndexOf('@', StringComparison.Ordinal);
        var start = new ProcessStartInfo(CtlExecutable, ["--config", ConfigFile, "register", bareJid[..at], bareJid[(at + 1)..], password]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0) throw new InvalidOperationException($"prosodyctl register {bareJid}: {await output}{await errors}");
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { } process)
        {
            if (!process.HasExited) process.Kill();
            await process.WaitForExitAsync();
            process.Dispose();
        }

        Certificate.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task WaitUntilListeningAsync()
    {
        var waited = Stopwatch.StartNew();
        while (!await LoopbackPorts.AnswersAsync(Port) || !await LoopbackPorts.AnswersAsync(DirectTlsPort))
        {
            if (_process!.HasExited || waited.Elapsed > TimeSpan.FromSeconds(30))
                throw new InvalidOperationException($"prosody did not start (exit code {(_process.HasExited ? _process.ExitCode : "none yet")}): {Log}");
            await Task.Delay(50);
        }
    }

    private X509Certificate2 WriteCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={_options.Hosts[0]}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        foreach (var host in _options.Hosts) names.AddDnsName(host);
        request.CertificateExtensions.Add(names.Build());
        var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(7));
        File.WriteAllText(Path.Combine(_folder, "server.pem"), certificate.ExportCertificatePem());
        File.WriteAllText(Path.Combine(_folder, "server.key"), key.ExportPkcs8PrivateKeyPem());
        return certificate;
    }
}
