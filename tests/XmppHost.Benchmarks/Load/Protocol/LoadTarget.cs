using System.Net;
using System.Text;
using XmppHost.Benchmarks.Load.Net;

namespace XmppHost.Benchmarks.Load.Protocol;

/// <summary>Where to log in, and what all logins share.</summary>
internal sealed class LoadTarget(IPEndPoint server, string host, TlsMode tls) : IDisposable
{
    public IPEndPoint Server => server;

    public string Host => host;

    public TlsMode Tls => tls;

    public TlsContext TlsContext { get; } = new(host, Net.TlsContext.XmppClient);

    public ScramKeyCache Keys { get; } = new();

    public byte[] StreamHeader { get; } = Encoding.UTF8.GetBytes(
        $"<?xml version='1.0'?><stream:stream to='{host}' version='1.0' xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams'>");

    public Connection Connect(EventLoop loop, IElementSink sink)
    {
        var connection = loop.Connect(server, sink);
        if (tls == TlsMode.Direct) connection.StartTls(TlsContext);
        else connection.Send(StreamHeader);
        return connection;
    }

    public void Dispose() => TlsContext.Dispose();
}
