using XmppHost.Benchmarks.Load;
using XmppHost.Benchmarks.Load.Measuring;
using XmppHost.Benchmarks.Peers;

namespace XmppHost.Benchmarks.Comparing;

internal static class WorkCatalog
{
    private static readonly Figure Cpu = new("CPU µs/operation", "0.0", r => r.ServerCpuMicroseconds);
    private static readonly Figure CpuMilliseconds = new("CPU ms/login", "0.00", r => r.ServerCpuMicroseconds / 1000);
    private static readonly Figure Rate = new("operations/s", "0", r => r.OperationsPerSecond);
    private static readonly Figure P50 = new("p50 µs", "0", r => r.P50Microseconds);
    private static readonly Figure P99 = new("p99 µs", "0", r => r.P99Microseconds);
    private static readonly Figure Pss = new("PSS KB/session", "0.0", r => r.PssKilobytesPerSession);
    private static readonly Figure EmptyPss = new("PSS MB before", "0", r => r.PssKilobytesBefore / 1024.0);
    private static readonly Figure CpuPerGigabyte = new("CPU s/GB", "0.00", r => r.ServerCpuSecondsPerGigabyte);
    private static readonly Figure Megabytes = new("MB/s", "0", r => r.MegabytesPerSecond);

    /// <param name="idleSessions">Sessions of the idle works.</param>
    public static IReadOnlyList<Work> All(int idleSessions) =>
    [
        new("idle", $"{idleSessions} idle sessions, no TLS", LoadMode.Idle, TlsMode.None, o => o with { Users = idleSessions, Seconds = 3 }, Pss, EmptyPss),
        new("idle-tls", $"{idleSessions / 2} idle sessions, TLS", LoadMode.Idle, TlsMode.Direct, o => o with { Users = idleSessions / 2, Seconds = 3 }, Pss),
        new("login", "login SCRAM-SHA-1, no TLS", LoadMode.Login, TlsMode.None, o => o with { Users = 200 }, CpuMilliseconds, Rate),
        new("login-tls", "login with STARTTLS, full handshake", LoadMode.Login, TlsMode.StartTls, o => o with { Users = 200 }, CpuMilliseconds, Rate),
        new("chat", "chat 1:1, no TLS, pipelined", LoadMode.Chat, TlsMode.None, o => o, Cpu, Rate),
        new("chat-tls", "chat over TLS, pipelined", LoadMode.Chat, TlsMode.Direct, o => o, Cpu, Rate),
        new("chat-acks", "chat with XEP-0198, ack every 5", LoadMode.Chat, TlsMode.None, o => o with { AckEvery = 5 }, Cpu, Rate),
        new("chat-500", "chat at 500/s, no TLS", LoadMode.Chat, TlsMode.None, o => o with { Rate = 500 }, Cpu, P50, P99),
        new("chat-5000", "chat at 5,000/s, no TLS", LoadMode.Chat, TlsMode.None, o => o with { Rate = 5000, Window = 100 }, Cpu, P50, P99),
        new("slots", "upload slots (XEP-0363)", LoadMode.Slots, TlsMode.None, o => o with { Users = 20, Window = 5 }, Cpu, Rate),
        new("slots-s3", "upload slots for a bucket, presigned", LoadMode.Slots, TlsMode.None, o => o with { Users = 20, Window = 5 }, Cpu, Rate) { Uploads = UploadKind.Bucket },
        .. Transfers(isTls: false),
        .. Transfers(isTls: true),
    ];

    // Enough CPU in each for a steady figure, and not more files than every server has slots for in a few minutes.
    private static IEnumerable<Work> Transfers(bool isTls) =>
    [
        Transfer("put-10k", "PUT 10 KB", LoadMode.Put, isTls, o => o with { FileBytes = 10 << 10, Files = 2_000 }, Cpu, Rate),
        Transfer("put-1m", "PUT 1 MB", LoadMode.Put, isTls, o => o with { FileBytes = 1 << 20, Files = 500 }, CpuPerGigabyte, Megabytes),
        Transfer("put-100m", "PUT 100 MB", LoadMode.Put, isTls, o => o with { FileBytes = 100 << 20, Files = 8, Connections = 2 }, CpuPerGigabyte, Megabytes),
        Transfer("get-10k", "GET 10 KB", LoadMode.Get, isTls, o => o with { FileBytes = 10 << 10, Files = 64, Requests = 20_000 }, Cpu, Rate),
        Transfer("get-1m", "GET 1 MB", LoadMode.Get, isTls, o => o with { FileBytes = 1 << 20, Files = 16, Requests = 1_000 }, CpuPerGigabyte, Megabytes),
        Transfer("get-100m", "GET 100 MB", LoadMode.Get, isTls, o => o with { FileBytes = 100 << 20, Files = 2, Requests = 20, Connections = 2 }, CpuPerGigabyte, Megabytes),
    ];

    private static Work Transfer(string name, string title, LoadMode mode, bool isTls, Func<LoadOptions, LoadOptions> adjust, params Figure[] figures) =>
        new(isTls ? name + "-tls" : name, $"{title}, HTTP{(isTls ? "S" : "")}", mode, TlsMode.None, o => adjust(o) with { Users = 1, WebTls = isTls }, figures) { Uploads = UploadKind.Files };
}
