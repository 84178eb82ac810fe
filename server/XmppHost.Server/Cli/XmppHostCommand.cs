using System.CommandLine;
using System.CommandLine.Help;
using XmppHost.Core.Plugins;

namespace XmppHost.Server.Cli;

/// <summary>The command line <c>xmpphost</c>. Exit codes: 0 done, 1 refused or failed, 2 not understood.</summary>
internal sealed class XmppHostCommand
{
    private readonly RootCommand _root;

    internal XmppHostCommand()
    {
        var common = new CommonOptions();
        var examples = new Dictionary<Command, string[]>();
        _root = new RootCommand("An XMPP server. Without a command it runs, as 'xmpphost run' does.")
        {
            common.Config, common.Data, common.Set,
            RunCommand.Create(common, examples), UserCommand.Create(common, examples), PluginCommand.Create(common, examples),
            ConfigCommand.Create(common, examples), ScriptCommand.Create(examples),
        };
        RunCommand.SetAction(_root, common);
        examples[_root] =
        [
            "xmpphost                                        # run on built-in defaults: host localhost, data in ./data",
            "xmpphost user add alice@localhost               # asks for a password",
            "xmpphost run --config /etc/xmpphost/xmpphost.json",
            "xmpphost config explain localhost               # every option in force, and where it comes from",
        ];
        var help = _root.Options.OfType<HelpOption>().Single();
        help.Action = new HelpWithExamples((HelpAction)help.Action!, examples);
    }

    /// <param name="output">Where results go; the console's standard output by default.</param>
    /// <param name="error">Where refusals go.</param>
    internal async Task<int> RunAsync(string[] args, TextWriter? output = null, TextWriter? error = null)
    {
        var configuration = new InvocationConfiguration { ProcessTerminationTimeout = null, EnableDefaultExceptionHandler = false };
        if (output is not null) configuration.Output = output;
        if (error is not null) configuration.Error = error;
        // A password may begin with @: it is not the name of a file with arguments.
        var parsed = _root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Errors.Count > 0)
        {
            foreach (var problem in parsed.Errors) await configuration.Error.WriteLineAsync($"xmpphost: {problem.Message}").ConfigureAwait(false);
            await configuration.Error.WriteLineAsync("Try 'xmpphost --help'.").ConfigureAwait(false);
            return 2;
        }

        try
        {
            return await parsed.InvokeAsync(configuration).ConfigureAwait(false);
        }
        catch (Refusal refusal)
        {
            foreach (var line in refusal.Lines) await configuration.Error.WriteLineAsync($"xmpphost: {line}").ConfigureAwait(false);
            return 1;
        }
        catch (OperationCanceledException)
        {
            return 1;
        }
        catch (Exception e)
        {
            // Nobody foresaw it: a line for the operator, the rest for whoever looks into it.
            await configuration.Error.WriteLineAsync($"xmpphost: failed: {Failure.Line(e)}").ConfigureAwait(false);
            if (Environment.GetEnvironmentVariable("XMPPHOST_TRACE") is not null) await configuration.Error.WriteLineAsync(e.ToString()).ConfigureAwait(false);
            return 1;
        }
    }
}
