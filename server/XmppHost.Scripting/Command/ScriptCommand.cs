using XmppHost.Scripting.Command;
using XmppHost.Scripting.Matching;

namespace XmppHost.Scripting;

/// <summary>What <c>xmpphost script run</c> does. Nothing runs unless all of the files can be read.</summary>
public static class ScriptCommand
{
    public const int Passed = 0, Failed = 1, Usage = 2;

    /// <summary>Runs the scripts one after the other, writing a line for each; problems of the arguments and files go to <paramref name="errors"/>.</summary>
    public static async Task<int> RunAsync(ScriptCommandOptions options, TextWriter output, TextWriter errors, CancellationToken ct = default)
    {
        var problems = new List<string>();
        var files = FilesOf(options, problems);
        var transport = new TcpTransport(Address(options.Server, ServerAddress.ClientPort, problems), Address(options.DirectTlsServer, ServerAddress.DirectTlsPort, problems));
        var accounts = Pairs(options.Accounts, "user@domain=password", key => key.Contains('@', StringComparison.Ordinal), problems);
        var variables = Pairs(options.Variables, "name=value", PlaceholderParser.IsFreeName, problems);
        var scripts = files.Select(file => Read(file, problems)).OfType<Script>().ToList();
        if (problems.Count > 0)
        {
            foreach (var problem in problems) await errors.WriteLineAsync(problem).ConfigureAwait(false);
            return Usage;
        }

        var report = new ScriptReport(output, options.Verbose);
        var runner = new ScriptRunner(transport, new ScriptRunnerOptions
        {
            Insecure = options.Insecure,
            Accounts = accounts,
            Variables = variables,
            Progress = report.StepEnded,
            Traffic = report.Traffic,
        });
        foreach (var script in scripts)
        {
            report.Begin(script);
            report.End(await runner.RunAsync(script, ct).ConfigureAwait(false));
        }

        report.Sum();
        return report.AllPassed ? Passed : Failed;
    }

    private static List<string> FilesOf(ScriptCommandOptions options, List<string> problems)
    {
        var files = new List<string>();
        foreach (var path in options.Paths)
        {
            if (File.Exists(path)) files.Add(path);
            else if (!Directory.Exists(path)) problems.Add($"{path}: no such file or folder");
            else files.AddRange(Directory.EnumerateFiles(path, "*.xmpp", SearchOption.AllDirectories).Order(StringComparer.Ordinal));
        }

        if (files.Count == 0 && problems.Count == 0) problems.Add("there is no script to run: name files, or folders with *.xmpp files in them");
        return files;
    }

    private static Script? Read(string file, List<string> problems)
    {
        try
        {
            return ScriptParser.ParseFile(file);
        }
        catch (ScriptSyntaxException e)
        {
            problems.AddRange(e.Problems.Select(p => p.ToString()));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            problems.Add($"{file}: {e.Message}");
        }

        return null;
    }

    private static ServerAddress? Address(string? text, int defaultPort, List<string> problems)
    {
        if (text is null) return null;
        var address = ServerAddress.TryParse(text, defaultPort);
        if (address is null) problems.Add($"'{text}' is not a server's address: host or host:port");
        return address;
    }

    private static Dictionary<string, string> Pairs(IReadOnlyList<string> texts, string form, Func<string, bool> isKey, List<string> problems)
    {
        var pairs = new Dictionary<string, string>();
        foreach (var text in texts)
        {
            var at = text.IndexOf('=', StringComparison.Ordinal);
            if (at > 0 && isKey(text[..at])) pairs[text[..at]] = text[(at + 1)..];
            else problems.Add($"'{(at > 0 ? text[..at] : text)}' is not of the form {form}");
        }

        return pairs;
    }
}
