using XmppHost.Testing;

namespace XmppHost.Integration.Tests.Clients;

/// <summary>The command-line client go-sendxmpp. As a Go program it trusts what SSL_CERT_FILE names.</summary>
internal static class GoSendXmpp
{
    public static Task SendAsync(IServerUnderTest server, string from, string to, string messageFile, string? trust = null, bool directTls = false) =>
        RunAsync(server, from, trust, directTls, "--message", messageFile, to);

    public static Task UploadAsync(IServerUnderTest server, string from, string to, string file) =>
        RunAsync(server, from, null, false, "--http-upload", file, to);

    /// <summary>Uploads a picture of 200,000 random bytes, takes the address that the recipient reads, and fails unless the same bytes lie there.</summary>
    public static async Task<Uri> UploadAndFetchAsync(IServerUnderTest server, string from, string to)
    {
        using var folder = new TempFolder("picture");
        var content = new byte[200_000];
        Random.Shared.NextBytes(content);
        await File.WriteAllBytesAsync(folder["picture.png"], content);
        await using var listener = await ListenAsync(server, to);
        await UploadAsync(server, from, to, folder["picture.png"]);
        await listener.WaitForOutputAsync("picture.png", TimeSpan.FromSeconds(60));
        var address = listener.Output.Split(' ', '\n').Single(word => word.EndsWith("picture.png", StringComparison.Ordinal));
        await ClientProcess.RunAsync("curl", ["-sSf", "--cacert", server.CertificateFile, "-o", folder["download"], address]);
        Assert.That(await File.ReadAllBytesAsync(folder["download"]), Is.EqualTo(content));
        return new Uri(address);
    }

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
