using XmppHost.Benchmarks.Load;

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
    ];
}
