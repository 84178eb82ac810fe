using System.Globalization;

namespace XmppHost.Benchmarks.Peers;

/// <summary>Debian's Prosody as an operator would tune it: epoll, no rate limits, only the modules that the work needs.</summary>
/// <param name="name">As given on the command line.</param>
/// <param name="collector">The Lua collector: <c>generational</c> halves the CPU per message, the packaged <c>incremental</c> takes less memory.</param>
internal sealed class Prosody(string name, string collector) : IPeer
{
    // With Nagle's algorithm a small file waits for the client's delayed acknowledgement of the answer's head: 40 ms.
    private const string Unhesitating = "; nagle = false";

    public string Name => name;

    public string Description => $"Debian's prosody, {collector} GC, no limits";

    public async Task<RunningPeer> StartAsync(PeerPlan plan, CancellationToken ct)
    {
        var folder = new PeerFolder(name, plan.Host);
        var ports = PeerFolder.FreePorts(4);
        WriteAccounts(folder, plan);
        var config = folder.Write("prosody.cfg.lua", Config(folder, plan, [.. ports.Select(p => p.Port)]));
        var process = ServerProcess.Start(folder.LogFile, new Dictionary<string, string>(), "prosody", "-F", "--config", config);
        var running = new RunningPeer(process, folder) { Clients = ports[0], DirectTls = ports[1], Http = ports[2], Https = ports[3], UploadService = $"upload.{plan.Host}" };
        try
        {
            await process.WaitForPortAsync(ports[1], ct);
            return running;
        }
        catch
        {
            await running.DisposeAsync();
            throw;
        }
    }

    // The account store is one small Lua table per file, read anew for each login.
    private static void WriteAccounts(PeerFolder folder, PeerPlan plan)
    {
        var accounts = folder.Make(Path.Combine("data", Escape(plan.Host), "accounts"));
        var credential = new SharedCredential(plan.Password);
        var content = $$"""
            return {
                ["iteration_count"] = {{SharedCredential.Iterations}};
                ["salt"] = "{{SharedCredential.Salt}}";
                ["stored_key"] = "{{Convert.ToHexStringLower(credential.StoredKey)}}";
                ["server_key"] = "{{Convert.ToHexStringLower(credential.ServerKey)}}";
            };

            """;
        for (var i = 0; i < plan.Accounts; i++)
            File.WriteAllText(Path.Combine(accounts, string.Create(CultureInfo.InvariantCulture, $"{plan.UserPrefix}{i}.dat")), content);
    }

    private static string Escape(string host) => host.Replace("-", "%2d").Replace(".", "%2e");

    private string Config(PeerFolder folder, PeerPlan plan, int[] ports) => $$"""
        run_as_root = true
        daemonize = false
        data_path = "{{folder.Root}}/data"
        pidfile = "{{folder.Root}}/prosody.pid"
        log = { warn = "{{folder.Root}}/prosody.log" }
        admins = {}
        interfaces = { "127.0.0.1" }
        local_interfaces = { "127.0.0.1" }
        c2s_ports = { {{ports[0]}} }
        c2s_direct_tls_ports = { {{ports[1]}} }
        s2s_ports = {}
        http_ports = { {{ports[2]}} }
        https_ports = { {{ports[3]}} }
        https_ssl = { certificate = "{{folder.CertificateFile}}", key = "{{folder.KeyFile}}" }
        network_backend = "epoll"
        network_settings = { tcp_backlog = 1024{{(plan.Uploads == UploadKind.Files ? Unhesitating : "")}} }
        gc = { mode = "{{collector}}" }
        modules_enabled = { "roster", "saslauth", "tls", "disco", "smacks", "register_ibr" }
        modules_disabled = { "s2s", "s2s_auth_certs" }
        allow_registration = true
        c2s_require_encryption = false
        authentication = "internal_hashed"
        storage = "internal"
        storage_archive_item_limit = 100000000
        ssl = { certificate = "{{folder.CertificateFile}}", key = "{{folder.KeyFile}}" }
        VirtualHost "{{plan.Host}}"
        Component "upload.{{plan.Host}}" "http_file_share"
            http_file_share_size_limit = 1024 * 1024 * 1024
            http_file_share_daily_quota = 1024 * 1024 * 1024 * 1024

        """;
}
