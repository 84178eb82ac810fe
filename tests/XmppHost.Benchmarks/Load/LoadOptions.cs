using System.Net;
using XmppHost.Benchmarks.Load.Protocol;

namespace XmppHost.Benchmarks.Load;

/// <summary>One run of the load generator.</summary>
internal sealed record LoadOptions
{
    public required IPEndPoint Server { get; init; }

    public string Host { get; init; } = "localhost";

    public TlsMode Tls { get; init; }

    public int Users { get; init; } = 100;

    public string UserPrefix { get; init; } = "u";

    public string Password { get; init; } = "bench-password";

    public double Seconds { get; init; } = 10;

    /// <summary>Seconds of the same traffic before anything is counted.</summary>
    public double Warmup { get; init; } = 2;

    /// <summary>Operations per second of all users together; 0 for as fast as the window lets them.</summary>
    public double Rate { get; init; }

    /// <summary>Operations that one user may have under way.</summary>
    public int Window { get; init; } = 10;

    /// <summary>Logins under way at once.</summary>
    public int Concurrency { get; init; } = 16;

    /// <summary>Stanzas after which a client asks for an acknowledgement; 0 leaves XEP-0198 off.</summary>
    public int AckEvery { get; init; }

    public int BodyBytes { get; init; } = 150;

    /// <summary>The JID that answers slot requests; <c>upload.HOST</c> where null.</summary>
    public string? UploadService { get; init; }

    /// <summary>Files put, and measured; for fetching, how many different ones there are.</summary>
    public int Files { get; init; } = 100;

    /// <summary>Of each file.</summary>
    public long FileBytes { get; init; } = 1 << 20;

    /// <summary>Files fetched.</summary>
    public int Requests { get; init; } = 1000;

    /// <summary>HTTP connections, each with one request under way.</summary>
    public int Connections { get; init; } = 4;

    /// <summary>Where HTTP requests go; where the slots' URLs say, if null.</summary>
    public IPEndPoint? Web { get; init; }

    /// <summary>Whether <see cref="Web"/> speaks TLS.</summary>
    public bool WebTls { get; init; }

    /// <summary>A URL with <c>{0}</c> for the file's number, for servers without slots; null: slots are asked for.</summary>
    public string? UrlTemplate { get; init; }

    /// <summary>The server's process, 0 where its cost is not wanted.</summary>
    public int Pid { get; init; }

    /// <summary>Requests before the measured ones.</summary>
    public int WarmUpOf(int count) => Math.Max(1, count / 5);

    public Account AccountOf(int index) => new($"{UserPrefix}{index}", Password);
}
