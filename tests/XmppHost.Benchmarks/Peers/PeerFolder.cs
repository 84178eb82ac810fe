using System.Net;
using System.Net.Sockets;

namespace XmppHost.Benchmarks.Peers;

/// <summary>A temporary folder with a certificate in it, and ports that were free a moment ago.</summary>
internal sealed class PeerFolder : IDisposable
{
    public PeerFolder(string peer, string host)
    {
        Root = Directory.CreateTempSubdirectory($"xmpphost-bench-{peer}-").FullName;
        (CertificateFile, KeyFile) = TestCertificate.Write(Root, host);
    }

    public string Root { get; }

    public string CertificateFile { get; }

    public string KeyFile { get; }

    public string LogFile => Path.Combine(Root, "output.log");

    public string Make(string name) => Directory.CreateDirectory(Path.Combine(Root, name)).FullName;

    public string Write(string name, string content)
    {
        var file = Path.Combine(Root, name);
        File.WriteAllText(file, content);
        return file;
    }

    public static IPEndPoint[] FreePorts(int count)
    {
        var listeners = Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToArray();
        foreach (var listener in listeners) listener.Start();
        var ports = listeners.Select(l => (IPEndPoint)l.LocalEndpoint).ToArray();
        foreach (var listener in listeners) listener.Stop();
        return ports;
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
