using XmppHost.Testing;

namespace XmppHost.Integration.Tests.Uploads;

/// <summary>Another server whose uploads go elsewhere: clients have to trust both.</summary>
internal sealed class PeerUnderTest : IServerUnderTest
{
    private readonly TempFolder _folder = new("peer");
    private readonly IServerUnderTest _peer;

    internal PeerUnderTest(IServerUnderTest peer, string alsoTrustedFile)
    {
        _peer = peer;
        File.WriteAllText(CertificateFile, File.ReadAllText(peer.CertificateFile) + "\n" + File.ReadAllText(alsoTrustedFile));
    }

    public int Port => _peer.Port;

    public int DirectTlsPort => _peer.DirectTlsPort;

    public string CertificateFile => _folder["trusted.pem"];

    public string Log => _peer.Log;

    public Task AddAccountAsync(string jid, string password) => _peer.AddAccountAsync(jid, password);

    public async ValueTask DisposeAsync()
    {
        await _peer.DisposeAsync();
        _folder.Dispose();
    }
}
