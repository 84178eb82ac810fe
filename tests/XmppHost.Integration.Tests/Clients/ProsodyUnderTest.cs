using XmppHost.Testing;
using XmppHost.Testing.Services;

namespace XmppHost.Integration.Tests.Clients;

/// <summary>Debian's prosody with an upload service: what the clients say of a server that is known to be right.</summary>
internal sealed class ProsodyUnderTest(ProsodyServer server) : IServerUnderTest
{
    private const string UploadService = """
        Component "upload.localhost" "http_file_share"
          http_host = "localhost"
        """;

    public int Port => server.Port;

    public int DirectTlsPort => server.DirectTlsPort;

    public string CertificateFile => server.CertificateFile;

    public string Log => server.Log;

    public static async Task<IServerUnderTest> StartAsync() =>
        new ProsodyUnderTest(await ProsodyServer.StartAsync(new ProsodyOptions { Extra = UploadService }));

    public Task AddAccountAsync(string jid, string password) => server.CreateAccountAsync(jid, password);

    public ValueTask DisposeAsync() => server.DisposeAsync();
}
