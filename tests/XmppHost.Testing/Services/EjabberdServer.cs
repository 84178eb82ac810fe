using System.Diagnostics;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;

namespace XmppHost.Testing.Services;

/// <summary>Debian's ejabberd on loopback, in a temp folder, with a certificate that it alone has. The Erlang VM is started directly: no distribution, no epmd left behind.</summary>
public sealed class EjabberdServer : IServerUnderTest
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(2);
    private static readonly HttpClient Http = new();

    private readonly TempFolder _folder = new("ejabberd");
    private readonly LoopbackCertificate _certificate;
    private readonly int _apiPort;
    private GuardedProcess? _process;

    private EjabberdServer(string host, string uploadOptions)
    {
        _certificate = new LoopbackCertificate(host);
        (Port, DirectTlsPort, _apiPort) = LoopbackPorts.Take(3) switch { var p => (p[0], p[1], p[2]) };
        using var key = _certificate.Certificate.GetECDsaPrivateKey()!;
        File.WriteAllText(CertificateFile, _certificate.Pem + "\n");
        File.WriteAllText(_folder["key.pem"], key.ExportPkcs8PrivateKeyPem() + "\n");
        File.WriteAllText(_folder["ejabberd.yml"], Config(host, uploadOptions));
    }

    public int Port { get; }

    public int DirectTlsPort { get; }

    public string CertificateFile => _folder["server.pem"];

    public string Log => (_process?.Output ?? "") + (File.Exists(_folder["ejabberd.log"]) ? File.ReadAllText(_folder["ejabberd.log"]) : "");

    /// <param name="host">The one virtual host.</param>
    /// <param name="uploadOptions">Of mod_http_upload, as lines of YAML.</param>
    public static async Task<EjabberdServer> StartAsync(string host, params string[] uploadOptions)
    {
        var server = new EjabberdServer(host, string.Join('\n', uploadOptions.Select(o => "    " + o)));
        try
        {
            await server.RunAsync();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    public async Task AddAccountAsync(string jid, string password)
    {
        // Not as JsonContent: ejabberd reads no chunked requests.
        using var account = new StringContent(JsonSerializer.Serialize(new { user = jid.Split('@')[0], host = jid.Split('@')[1], password }), Encoding.UTF8, "application/json");
        using var answer = await Http.PostAsync(new Uri($"http://127.0.0.1:{_apiPort}/api/register"), account);
        if (!answer.IsSuccessStatusCode) throw new InvalidOperationException($"ejabberd does not register {jid}: {answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null) await _process.DisposeAsync();
        _certificate.Dispose();
        _folder.Dispose();
    }

    private async Task RunAsync()
    {
        _process = await GuardedProcess.StartAsync(_folder.Path, "erl", ["+K", "true", "-noinput", "-mnesia", "dir", $"\"{_folder["spool"]}\"", "-s", "ejabberd"], new Dictionary<string, string>
        {
            ["HOME"] = _folder.Path,   // the Erlang cookie
            ["ERL_LIBS"] = "/usr/lib/x86_64-linux-gnu:/usr/lib/aarch64-linux-gnu",
            ["ERL_CRASH_DUMP"] = _folder["erl_crash.dump"],
            ["EJABBERD_CONFIG_PATH"] = _folder["ejabberd.yml"],
            ["EJABBERD_LOG_PATH"] = _folder["ejabberd.log"],
        });
        var waited = Stopwatch.StartNew();
        foreach (var port in new[] { Port, DirectTlsPort, _apiPort })
        {
            while (!await LoopbackPorts.AnswersAsync(port))
            {
                if (_process.HasExited || waited.Elapsed > StartLimit) throw new InvalidOperationException($"ejabberd does not answer on port {port} after {waited.Elapsed.TotalSeconds:F1} s:\n{Log}");
                await Task.Delay(50);
            }
        }
    }

    private string Config(string host, string uploadOptions) => $$"""
        loglevel: info
        hosts: ["{{host}}"]
        certfiles: ["{{CertificateFile}}", "{{_folder["key.pem"]}}"]
        auth_method: internal
        auth_password_format: scram
        listen:
          - {port: {{Port}}, ip: "127.0.0.1", module: ejabberd_c2s, starttls_required: true}
          - {port: {{DirectTlsPort}}, ip: "127.0.0.1", module: ejabberd_c2s, tls: true}
          - {port: {{_apiPort}}, ip: "127.0.0.1", module: ejabberd_http, request_handlers: {/api: mod_http_api} }
        api_permissions:
          tests: {from: mod_http_api, who: {ip: 127.0.0.1}, what: [register]}
        modules:
          mod_roster: {}
          mod_disco: {}
          mod_ping: {}
          mod_stream_mgmt: {}
          mod_http_upload:
        {{uploadOptions}}

        """;
}
