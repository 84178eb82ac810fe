using System.IO.Pipelines;
using Autofac;
using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.Logging.Abstractions;
using XmppHost.Addressing;
using XmppHost.Core.Observability;
using XmppHost.Core.Routing;
using XmppHost.Core.Sessions;
using XmppHost.Core.Streams;
using XmppHost.Core.VHosts;
using XmppHost.Storage;
using XmppHost.Xml;

namespace XmppHost.Benchmarks.Micro;

/// <summary>One chat message from a bound session to the bytes on another one's pipe: validated, stamped, routed, serialized, flushed. No plugin is on.</summary>
[MemoryDiagnoser]
public class RoutingBenchmarks
{
    private readonly Pipe _wire = new();
    private XmppElement _message = null!;
    private StanzaIntake _intake = null!;
    private Session _sender = null!;

    /// <summary>Messages that share one flush.</summary>
    [Params(1, 16)]
    public int Batch { get; set; }

    [GlobalSetup]
    public void Bind()
    {
        var clock = TimeProvider.System;
        var log = new UnusedLog();
        var hosts = new HostTable();
        var router = new Router(hosts, new IqDispatcher(NullLogger<IqDispatcher>.Instance), new MessageDelivery(log, new UnusedArchive(), clock), new PendingIqs(clock));
        var settings = new VHostSettings("localhost", null, new AuthOptions());
        var host = new VHost(settings, clock, new HostMetrics(new ServerMeters(), settings), NullLogger<VHost>.Instance);
        var services = new ContainerBuilder();
        services.RegisterInstance(router);
        using (var scope = services.Build()) host.Activate(scope, []);
        hosts.Set([host], []);
        _sender = Open(host, "u0@localhost/bench", new Pipe().Writer, log, clock);
        Open(host, "u1@localhost/bench", _wire.Writer, log, clock);
        _intake = new StanzaIntake(router);
        _message = Samples.Parse(Samples.Chat);
    }

    [Benchmark]
    public async ValueTask<long> Route()
    {
        FlushScope.Enter();
        for (var i = 0; i < Batch; i++) await _intake.HandleAsync(_message, _sender, CancellationToken.None);
        FlushScope.Exit();
        if (!_wire.Reader.TryRead(out var written)) throw new InvalidOperationException("Nothing arrived.");
        var bytes = written.Buffer.Length;
        _wire.Reader.AdvanceTo(written.Buffer.End);
        return bytes;
    }

    private static Session Open(VHost host, string jid, PipeWriter output, IMessageLog log, TimeProvider clock)
    {
        var session = new Session(host, Jid.Parse(jid), new Outbox(output, 1 << 20, log), log, clock.GetUtcNow(), 1 << 20);
        return host.Sessions.TryAdd(session) ? session : throw new InvalidOperationException($"{jid} is bound already.");
    }
}
