namespace XmppHost.Benchmarks.Peers;

/// <summary>Debian's nginx as a plain WebDAV store: what files over HTTP cost where nobody asks who may send them.</summary>
internal sealed class Nginx : IPeer
{
    public string Name => "nginx";

    public string Description => "Debian's nginx, PUT by WebDAV without any check, 2 workers, no logs: the limit";

    public bool Serves(UploadKind uploads) => uploads == UploadKind.Files;

    public async Task<RunningPeer> StartAsync(PeerPlan plan, CancellationToken ct)
    {
        var folder = new PeerFolder(Name, plan.Host);
        var ports = PeerFolder.FreePorts(2);
        folder.Make("files");
        folder.Make("temp");
        var config = folder.Write("nginx.conf", Config(folder, ports[0].Port, ports[1].Port));
        var process = ServerProcess.Start(folder.LogFile, new Dictionary<string, string>(), "/usr/sbin/nginx", "-p", folder.Root, "-e", Path.Combine(folder.Root, "error.log"), "-c", config);
        var running = new RunningPeer(process, folder)
        {
            Clients = ports[0],   // it has none
            DirectTls = ports[1],
            UploadService = "",
            Http = ports[0],
            Https = ports[1],
            UrlTemplate = $"http://{plan.Host}/{{0}}.jpg",
        };
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

    // Temporary and stored files lie on one file system, so that an upload ends with a rename. Workers of another user could not write here.
    private static string Config(PeerFolder folder, int http, int https) => $$"""
        {{(Environment.IsPrivilegedProcess ? "user root;" : "")}}
        daemon off;
        worker_processes 2;
        pid nginx.pid;
        error_log error.log warn;
        events { worker_connections 1024; }
        http {
            types { image/jpeg jpg; }
            access_log off;
            sendfile on;
            tcp_nopush on;
            keepalive_requests 1000000000;
            client_max_body_size 0;
            client_body_buffer_size 128k;
            client_body_temp_path temp/body;
            proxy_temp_path temp/proxy;
            fastcgi_temp_path temp/fastcgi;
            uwsgi_temp_path temp/uwsgi;
            scgi_temp_path temp/scgi;
            server {
                listen 127.0.0.1:{{http}};
                listen 127.0.0.1:{{https}} ssl;
                ssl_certificate {{folder.CertificateFile}};
                ssl_certificate_key {{folder.KeyFile}};
                root {{folder.Root}}/files;
                dav_methods PUT;
                dav_access user:rw;
            }
        }

        """;
}
