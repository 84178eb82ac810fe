namespace XmppHost.Testing.Services;

/// <summary>Writes prosody's config file.</summary>
internal static class ProsodyConfig
{
    private static readonly string[] Modules =
    [
        "roster", "saslauth", "tls", "disco", "ping", "time", "version", "uptime", "private", "vcard_legacy", "pep", "blocklist", "carbons",
        "smacks", "register", "register_ibr", "offline", "message", "presence", "iq", "c2s",
    ];

    public static string For(ProsodyServer server, ProsodyOptions options, string folder) =>
        $$"""
          run_as_root = true
          daemonize = false
          pidfile = "{{folder}}/prosody.pid"
          data_path = "{{folder}}/data"
          log = { { levels = { min = "info" }, to = "file", filename = "{{folder}}/prosody.log" } }
          interfaces = { "127.0.0.1" }
          c2s_ports = { {{server.Port}} }
          c2s_direct_tls_ports = { {{server.DirectTlsPort}} }
          http_ports = { {{server.HttpPort}} }
          https_ports = { {{server.HttpsPort}} }
          https_ssl = { key = "{{folder}}/server.key", certificate = "{{folder}}/server.pem" }
          s2s_ports = { }
          modules_disabled = { "s2s" }
          modules_enabled = { {{string.Join(", ", Modules.Concat(options.Modules).Select(m => $"\"{m}\""))}} }
          authentication = "internal_hashed"
          password_hash = "{{options.PasswordHash}}"
          allow_registration = true
          registration_throttle_max = 10000
          c2s_require_encryption = true
          ssl = { key = "{{folder}}/server.key", certificate = "{{folder}}/server.pem" }
          c2s_direct_tls_ssl = { key = "{{folder}}/server.key", certificate = "{{folder}}/server.pem" }

          {{string.Join('\n', options.Hosts.Select(h => $"VirtualHost \"{h}\""))}}
          {{options.Extra}}
          {{(options.Upload ? UploadComponent(server, options) : "")}}
          """;

    private static string UploadComponent(ProsodyServer server, ProsodyOptions options) =>
        $"""
         Component "upload.{options.Hosts[0]}" "http_file_share"
         http_external_url = "http://127.0.0.1:{server.HttpPort}/"
         http_host = "127.0.0.1"
         http_file_share_size_limit = 1000000
         """;
}
