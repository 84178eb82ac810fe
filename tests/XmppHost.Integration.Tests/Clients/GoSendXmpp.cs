using XmppHost.Testing;

namespace XmppHost.Integration.Tests.Clients;

/// <summary>The command-line client go-sendxmpp. As a Go program it trusts what SSL_CERT_FILE names.</summary>
internal static class GoSendXmpp
{
    public static Task SendAsync(IServerUnderTest server, string from, string to, string messageFile, string? trust = null, bool directTls = false) =>
        RunAsync(server, from, trust, directTls, "--message", messageFile, to);

    public static Task UploadAsync(IServerUnderTest server, string from, string to, string file) =>
        RunAsync(server, from, null, false, "--http-upload", file, to);

    public static Task<GuardedProcess> ListenAsync(IServerUnderTest server, string jid, bool directTls = false) =>
        ClientProcess.StartAsync("go-sendxmpp", [.. Login(server, jid, directTls), "--listen"], Trusting(server.CertificateFile));

    private static Task<string> RunAsync(IServerUnderTest server, string from, string? trust, bool directTls, params string[] arguments) =>
        ClientProcess.RunAsync("go-sendxmpp", [.. Login(server, from, directTls), .. arguments], Trusting(trust ?? server.CertificateFile));

    private static string[] Login(IServerUnderTest server, string jid, bool directTls)
    {
        string[] login = ["--username", jid, "--password", Password.Of(jid), "--jserver", $"localhost:{(directTls ? server.DirectTlsPort : server.Port)}"];
        return directTls ? [.. login, "--tls"] : login;
    }

    private static Dictionary<string, string> Trusting(string file) => new() { ["SSL_CERT_FILE"] = file, ["SSL_CERT_DIR"] = "/nonexistent" };
}
