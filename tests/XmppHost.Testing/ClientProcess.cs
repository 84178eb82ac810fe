namespace XmppHost.Testing;

/// <summary>Runs a real client to its end and says what it printed if it was not content.</summary>
public static class ClientProcess
{
    // Debian's modules are Debian's Python's; another one may come first on PATH.
    private const string Python = "/usr/bin/python3";
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    /// <summary>What the client has printed. Throws if its exit code is not 0.</summary>
    public static async Task<string> RunAsync(
        string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null, TimeSpan? limit = null)
    {
        await using var process = await StartAsync(program, arguments, environment);
        var exitCode = await process.WaitForExitAsync(limit ?? Limit);
        if (exitCode != 0) throw new ClientFailedException(program, arguments, exitCode, process.Output);
        return process.Output;
    }

    /// <summary>Runs tests/clients/SCRIPT against the server.</summary>
    public static Task<string> RunScriptAsync(IServerUnderTest server, string script, string jid, params string[] arguments) =>
        RunAsync(Python, ScriptArguments(server, script, jid, arguments));

    /// <summary>Starts tests/clients/SCRIPT and leaves it running.</summary>
    public static Task<GuardedProcess> StartScriptAsync(IServerUnderTest server, string script, string jid, params string[] arguments) =>
        StartAsync(Python, ScriptArguments(server, script, jid, arguments));

    public static Task<GuardedProcess> StartAsync(string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null) =>
        GuardedProcess.StartAsync(Path.GetTempPath(), program, arguments, environment);

    private static string[] ScriptArguments(IServerUnderTest server, string script, string jid, string[] arguments)
    {
        var port = arguments.Contains("--direct-tls") ? server.DirectTlsPort : server.Port;
        return
        [
            "-u", Path.Combine(Repository.Root, "tests", "clients", script), "--jid", jid, "--password", Password.Of(jid),
            "--port", $"{port}", "--ca", server.CertificateFile, .. arguments,
        ];
    }
}
