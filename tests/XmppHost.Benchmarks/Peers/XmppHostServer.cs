namespace XmppHost.Benchmarks.Peers;

/// <summary>This project's server, as it was built: <c>dotnet xmpphost.dll run</c>.</summary>
internal sealed class XmppHostServer(string assembly) : IPeer
{
    public string Name => "xmpphost";

    public string Description => "XmppHost, archive off, no limits";

    public bool Serves(UploadKind uploads) => true;

    public async Task<RunningPeer> StartAsync(PeerPlan plan, CancellationToken ct)
    {
        if (!File.Exists(assembly)) throw new FileNotFoundException($"There is no {assembly}; build server/XmppHost.Server in Release or name it with --xmpphost.");
        var folder = new PeerFolder(Name, plan.Host);
        var ports = PeerFolder.FreePorts(4);
        var data = folder.Make("data");
        await XmppHostAccounts.WriteAsync(data, plan, ct);
        var config = folder.Write("xmpphost.json", Config(folder, plan, [.. ports.Select(p => p.Port)]));
        var process = ServerProcess.Start(folder.LogFile, new Dictionary<string, string>(), "dotnet", assembly, "run", "--config", config, "--data", data);
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

    // Only what the other servers run too, and without limits, as theirs are off. No archive, no blocking, no profiles.
    private static string Config(PeerFolder folder, PeerPlan plan, int[] ports) => $$"""
        {
          "tls": { "certificates": "{{folder.Root}}" },
          "logging": { "level": "warning" },
          "limits": { "connectionsPerAddress": 1000000, "rate": "10 GiB", "burst": "10 GiB" },
          "endpoints": {
            "c2s": { "listen": [ "127.0.0.1:{{ports[0]}}" ] },
            "c2sDirectTls": { "listen": [ "127.0.0.1:{{ports[1]}}" ] },
            "http": { "listen": [ "127.0.0.1:{{ports[2]}}" ] },
            "https": { "listen": [ "127.0.0.1:{{ports[3]}}" ] }
          },
          "hosts": {
            "{{plan.Host}}": {
              "auth": { "requireTls": false },
              "plugins": {
                "Disco": {}, "Roster": {}, "Messaging": {}, "StreamManagement": {},
                "Accounts": { "registration": "loopback", "perAddressAndHour": 0 },
                {{Uploads(plan.Uploads)}}
              }
            }
          }
        }
        """;

    // Nobody is ever asked at the bucket's address: a slot is signed, not looked up.
    private static string Uploads(UploadKind kind) => kind == UploadKind.Bucket
        ? """
          "HttpUpload": { "backend": "s3", "s3": {
            "bucketUrl": "https://bucket.s3.eu-west-1.amazonaws.com/", "region": "eu-west-1", "accessKeyId": "AKIDEXAMPLEFORBENCH1", "secretAccessKey": "an example's secret, of forty characters" } }
          """
        : """
          "HttpUpload": { "backend": "fileStore", "maxFileSize": "1 GiB" }, "FileStore": {}
          """;
}
