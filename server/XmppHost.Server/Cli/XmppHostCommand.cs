using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using XmppHost.Core.Plugins;
using XmppHost.Server.Hosting;

namespace XmppHost.Server.Cli;

/// <summary>The command line <c>xmpphost</c>. Exit codes: 0 done, 1 refused or failed, 2 not understood.</summary>
internal sealed class XmppHostCommand
{
    // A password may begin with @: it is not the name of a file with arguments.
    private static readonly ParserConfiguration Parsing = new() { ResponseFileTokenReplacer = null };

    private readonly RootCommand _root;
    private readonly HelpOption _help;
    private readonly CommonOptions _common = new();
    private readonly Dictionary<Command, string[]> _examples = [];

    internal XmppHostCommand()
    {
        var (common, examples) = (_common, _examples);
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
        _help = _root.Options.OfType<HelpOption>().Single();
        _help.Action = new HelpWithExamples((HelpAction)_help.Action!, examples);
    }

    /// <param name="output">Where results go; the console's standard output by default.</param>
    /// <param name="error">Where refusals go.</param>
    internal async Task<int> RunAsync(string[] args, TextWriter? output = null, TextWriter? error = null)
    {
        var configuration = new InvocationConfiguration { ProcessTerminationTimeout = null, EnableDefaultExceptionHandler = false };
        if (output is not null) configuration.Output = output;
        if (error is not null) configuration.Error = error;
        try
        {
            var parsed = await ParseAsync(args, configuration.Error).ConfigureAwait(false);
            if (parsed.Errors.Count == 0 || AsksForHelp(parsed)) return await parsed.InvokeAsync(configuration).ConfigureAwait(false);
            foreach (var problem in parsed.Errors.Select(e => e.Message).Distinct()) await configuration.Error.WriteLineAsync($"xmpphost: {problem}").ConfigureAwait(false);
            await configuration.Error.WriteLineAsync($"Try '{Path(parsed)} --help'.").ConfigureAwait(false);
            return 2;
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

    // The plugins' commands are looked up only for what is not the server's own, and for the help: 'xmpphost run' loads no plugin that is off.
    private async Task<ParseResult> ParseAsync(string[] args, TextWriter error)
    {
        var parsed = _root.Parse(args, Parsing);
        var asksForHelp = AsksForHelp(parsed);
        if (parsed.UnmatchedTokens.Count == 0 && !(asksForHelp && parsed.CommandResult.Command == _root)) return parsed;
        foreach (var fault in new PluginCommands(_root, _common, _examples).Add(Load(parsed, asksForHelp))) await error.WriteLineAsync($"xmpphost: {fault}").ConfigureAwait(false);
        return _root.Parse(args, Parsing);
    }

    private Installation? Load(ParseResult parsed, bool asksForHelp)
    {
        try
        {
            return _common.Load(parsed);
        }
        catch (Refusal) when (asksForHelp)
        {
            // Help needs no config.
            return null;
        }
    }

    private bool AsksForHelp(ParseResult parsed) => parsed.GetResult(_help) is not null;

    /// <summary>The command that was meant, as far as it was understood.</summary>
    private static string Path(ParseResult parsed)
    {
        var words = new List<string>();
        for (SymbolResult? result = parsed.CommandResult; result is CommandResult command; result = result.Parent) words.Insert(0, command.Command.Name);
        return string.Join(' ', words.Skip(1).Prepend("xmpphost"));
    }
}
