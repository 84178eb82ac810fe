using System.CommandLine;
using System.Net;
using XmppHost.Benchmarks.Load.Measuring;

namespace XmppHost.Benchmarks.Load;

/// <summary><c>load MODE</c>: drives a server that runs already.</summary>
internal static class LoadCommand
{
    private static readonly LoadOptions Defaults = new() { Server = new IPEndPoint(IPAddress.Loopback, 5222) };

    public static Command Create()
    {
        var command = new Command("load", "Drives one running server and prints its cost per operation.");
        foreach (var mode in Enum.GetValues<LoadMode>()) command.Add(ForMode(mode));
        return command;
    }

    private static Command ForMode(LoadMode mode)
    {
        var command = new Command(mode.ToString().ToLowerInvariant(), Describe(mode));
        var server = Add(command, "--server", Defaults.Server.ToString(), "address:port, loopback only");
        var host = Add(command, "--host", Defaults.Host, "the virtual host");
        var tls = Add(command, "--tls", TlsMode.None, "none, starttls or direct");
        var users = Add(command, "--users", Defaults.Users, "accounts, one session each; chat pairs them");
        var prefix = Add(command, "--user-prefix", Defaults.UserPrefix, "accounts are PREFIX0, PREFIX1, ...");
        var password = Add(command, "--password", Defaults.Password, "of all of them");
        var seconds = Add(command, "--seconds", Defaults.Seconds, "measured time; idle: time between the last login and the second look at the memory");
        var warmup = Add(command, "--warmup", Defaults.Warmup, "seconds of the same load before");
        var rate = Add(command, "--rate", Defaults.Rate, "operations per second in all; 0: as many as the window allows");
        var window = Add(command, "--window", Defaults.Window, "operations that one session has under way");
        var concurrency = Add(command, "--concurrency", Defaults.Concurrency, "logins under way at once");
        var ackEvery = Add(command, "--ack-every", Defaults.AckEvery, "chat: turn XEP-0198 on and ask for an acknowledgement after that many stanzas");
        var body = Add(command, "--body", Defaults.BodyBytes, "chat: bytes of each body");
        var upload = Add<string?>(command, "--upload-service", null, "slots: the service's JID; upload.HOST where not given");
        var files = Add(command, "--files", Defaults.Files, "put: files that are measured; get: different files");
        var size = Add(command, "--size", Defaults.FileBytes, "put, get: bytes of each file");
        var requests = Add(command, "--requests", Defaults.Requests, "get: files fetched");
        var connections = Add(command, "--connections", Defaults.Connections, "put, get: HTTP connections, one request under way on each");
        var web = Add<string?>(command, "--web", null, "put, get: address:port of the HTTP endpoint, loopback only; that of the URLs where not given");
        var webTls = Add(command, "--web-tls", false, "put, get: that endpoint speaks TLS");
        var template = Add<string?>(command, "--url-template", null, "put, get: no slots but URLs like http://localhost:8080/{0}.jpg, for any server that takes PUT");
        var pid = Add(command, "--pid", 0, "the server's process; its CPU and memory are read from /proc");
        var json = Add(command, "--json", false, "print the report as JSON");
        command.SetAction((parsed, ct) =>
        {
            var report = LoadRunner.Run(mode, new LoadOptions
            {
                Server = IPEndPoint.Parse(parsed.GetValue(server)!),
                Host = parsed.GetValue(host)!,
                Tls = parsed.GetValue(tls),
                Users = parsed.GetValue(users),
                UserPrefix = parsed.GetValue(prefix)!,
                Password = parsed.GetValue(password)!,
                Seconds = parsed.GetValue(seconds),
                Warmup = parsed.GetValue(warmup),
                Rate = parsed.GetValue(rate),
                Window = parsed.GetValue(window),
                Concurrency = parsed.GetValue(concurrency),
                AckEvery = parsed.GetValue(ackEvery),
                BodyBytes = parsed.GetValue(body),
                UploadService = parsed.GetValue(upload),
                Files = Math.Max(1, parsed.GetValue(files)),
                FileBytes = Math.Max(1, parsed.GetValue(size)),
                Requests = Math.Max(1, parsed.GetValue(requests)),
                Connections = Math.Max(1, parsed.GetValue(connections)),
                Web = parsed.GetValue(web) is { } point ? IPEndPoint.Parse(point) : null,
                WebTls = parsed.GetValue(webTls),
                UrlTemplate = parsed.GetValue(template),
                Pid = parsed.GetValue(pid),
            }, ct);
            Console.WriteLine(parsed.GetValue(json) ? ReportText.Json(report) : ReportText.Readable(report));
            return Task.FromResult(ReportText.IsGood(report) ? 0 : 1);
        });
        return command;
    }

    private static Option<T> Add<T>(Command command, string name, T defaultValue, string description)
    {
        var option = new Option<T>(name) { Description = description, DefaultValueFactory = _ => defaultValue };
        command.Add(option);
        return option;
    }

    private static string Describe(LoadMode mode) => mode switch
    {
        LoadMode.Register => "Creates the accounts by in-band registration.",
        LoadMode.Login => "Full SCRAM-SHA-1 logins: connect, authenticate, bind, close.",
        LoadMode.Idle => "Available sessions that are silent: memory per session.",
        LoadMode.Chat => "One-to-one messages in pairs, every one accounted for.",
        LoadMode.Put => "Files put over HTTP, to slots or to URLs of a template, and compared afterwards.",
        LoadMode.Get => "Files fetched over HTTP, every byte compared.",
        _ => "Upload slot requests (XEP-0363).",
    };
}
