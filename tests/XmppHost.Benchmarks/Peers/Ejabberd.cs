using System.Globalization;

namespace XmppHost.Benchmarks.Peers;

/// <summary>
/// Debian's ejabberd with few modules and no shaper. The Erlang VM is started directly, with the flags of <c>ejabberdctl</c>: no distribution, no
/// epmd left behind, no change of user.
/// </summary>
/// <param name="name">As given on the command line.</param>
/// <param name="vmFlags">Further flags; <c>+sbwt none</c> keeps idle schedulers from spinning.</param>
internal sealed class Ejabberd(string name, params string[] vmFlags) : IPeer
{
    private const string Ready = "accounts are in place";

    public string Name => name;

    public string Description => "Debian's ejabberd, no shapers" + (vmFlags.Length > 0 ? ", " + string.Join(' ', vmFlags) : "");

    public async Task<RunningPeer> StartAsync(PeerPlan plan, CancellationToken ct)
    {
        var folder = new PeerFolder(name, plan.Host);
        var ports = PeerFolder.FreePorts(4);
        var config = folder.Write("ejabberd.yml", Config(folder, plan, [.. ports.Select(p => p.Port)]));
        var spool = folder.Make("spool");
        var process = ServerProcess.Start(folder.LogFile, Environment(folder, config), "erl", [
            "+K", "true", "+P", "250000", "+Q", "65536", .. vmFlags,
            "-noinput", "-mnesia", "dir", $"\"{spool}\"", "-s", "ejabberd", "-eval", WriteAccounts(plan)]);
        var running = new RunningPeer(process, folder) { Clients = ports[0], DirectTls = ports[1], Http = ports[2], Https = ports[3], UploadService = $"upload.{plan.Host}" };
        try
        {
            await process.WaitForOutputAsync(Ready, ct);
            await process.WaitForPortAsync(ports[1], ct);
            return running;
        }
        catch
        {
            await running.DisposeAsync();
            throw;
        }
    }

    private static Dictionary<string, string> Environment(PeerFolder folder, string config) => new()
    {
        ["HOME"] = folder.Root,   // the Erlang cookie
        ["ERL_LIBS"] = "/usr/lib/x86_64-linux-gnu:/usr/lib/aarch64-linux-gnu",
        ["ERL_MAX_PORTS"] = "65000",
        ["ERL_CRASH_DUMP"] = Path.Combine(folder.Root, "erl_crash.dump"),
        ["EJABBERD_CONFIG_PATH"] = config,
        ["EJABBERD_LOG_PATH"] = Path.Combine(folder.Root, "ejabberd.log"),
    };

    // Straight into the table that `auth_method: internal` reads: registering takes milliseconds of key derivation for each account.
    private static string WriteAccounts(PeerPlan plan)
    {
        var credential = new SharedCredential(plan.Password);
        var salt = Convert.ToBase64String(System.Text.Encoding.ASCII.GetBytes(SharedCredential.Salt));
        var scram = $"{{scram, <<\"{Convert.ToBase64String(credential.StoredKey)}\">>, <<\"{Convert.ToBase64String(credential.ServerKey)}\">>, <<\"{salt}\">>, sha, {SharedCredential.Iterations}}}";
        return string.Create(CultureInfo.InvariantCulture, $$"""
            Host = <<"{{plan.Host}}">>, Keys = {{scram}},
            [ok = mnesia:dirty_write({passwd, {<<"{{plan.UserPrefix}}", (integer_to_binary(I))/binary>>, Host}, Keys}) || I <- lists:seq(0, {{plan.Accounts - 1}})],
            io:format("{{Ready}}~n").
            """);
    }

    private static string Config(PeerFolder folder, PeerPlan plan, int[] ports) => $$"""
        loglevel: warning
        hosts: ["{{plan.Host}}"]
        certfiles: ["{{folder.CertificateFile}}", "{{folder.KeyFile}}"]
        auth_method: internal
        auth_password_format: scram
        auth_scram_hash: sha
        disable_sasl_mechanisms: [digest-md5, x-oauth2]
        registration_timeout: infinity
        listen:
          - {port: {{ports[0]}}, ip: "127.0.0.1", module: ejabberd_c2s, starttls: true, backlog: 1024}
          - {port: {{ports[1]}}, ip: "127.0.0.1", module: ejabberd_c2s, tls: true, backlog: 1024}
          - {port: {{ports[2]}}, ip: "127.0.0.1", module: ejabberd_http, backlog: 1024, request_handlers: {/upload: mod_http_upload} }
          - {port: {{ports[3]}}, ip: "127.0.0.1", module: ejabberd_http, tls: true, backlog: 1024, request_handlers: {/upload: mod_http_upload} }
        modules:
          mod_roster: {}
          mod_disco: {}
          mod_offline: {}
          mod_stream_mgmt: {}
          mod_register: {ip_access: all, access: all}
          mod_http_upload:
            docroot: "{{folder.Root}}/upload"
            put_url: "https://@HOST@/upload"
            access: all
            max_size: 1073741824

        """;
}
