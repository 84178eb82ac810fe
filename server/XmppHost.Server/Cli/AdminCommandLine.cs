using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.Json;
using XmppHost.Administration;
using XmppHost.Core.Plugins;
using XmppHost.Server.Control;
using XmppHost.Server.Hosting;

namespace XmppHost.Server.Cli;

/// <summary>One command of a plugin on the command line: its arguments as the plugin describes them, carried out by the running server or, when none runs, on its storage.</summary>
internal sealed class AdminCommandLine
{
    private readonly PluginFile _plugin;
    private readonly AdminCommandInfo _info;
    private readonly CommonOptions _common;
    private readonly Argument<string> _host = new("host") { Description = "A virtual host of the config." };
    private readonly Option<bool> _json = new("--json") { Description = "Prints JSON, for scripts." };
    private readonly List<(string Name, Func<SymbolResult, IReadOnlyList<string>?> Read)> _readers = [];

    private AdminCommandLine(PluginFile plugin, AdminCommandInfo info, CommonOptions common)
    {
        (_plugin, _info, _common) = (plugin, info, common);
        Command = new Command(info.Name, info.Summary) { _host };
        foreach (var parameter in info.Parameters) Add(parameter);
        Command.Add(_json);
        if (info.Check is { } check)
        {
            Command.Validators.Add(result =>
            {
                if (check(new AdminArguments(Read(result))) is { } problem) result.AddError(problem);
            });
        }
    }

    private Command Command { get; }

    /// <param name="installation">The server that the command line names.</param>
    internal static Command Create(PluginFile plugin, AdminCommandInfo info, CommonOptions common, Installation? installation)
    {
        var line = new AdminCommandLine(plugin, info, common);
        line.Command.SetAction((parsed, ct) => line.ExecuteAsync(parsed, installation ?? common.Load(parsed), ct));
        return line.Command;
    }

    private void Add(AdminParameter parameter)
    {
        switch (parameter.Kind)
        {
            case AdminParameterKind.Argument:
                Add(parameter, new Argument<string?>(parameter.Name) { Arity = parameter.IsRequired ? ArgumentArity.ExactlyOne : ArgumentArity.ZeroOrOne });
                break;
            case AdminParameterKind.Arguments:
                Add(parameter, new Argument<string[]>(parameter.Name) { Arity = parameter.IsRequired ? ArgumentArity.OneOrMore : ArgumentArity.ZeroOrMore });
                break;
            case AdminParameterKind.Option:
                AddOption(parameter);
                break;
            default:
                var flag = new Option<bool>(OptionName(parameter)) { Description = parameter.Description };
                Command.Add(flag);
                _readers.Add((parameter.Name, result => result.GetValue(flag) ? ["true"] : null));
                break;
        }
    }

    private void Add<T>(AdminParameter parameter, Argument<T> argument)
    {
        argument.Description = parameter.Description;
        if (parameter.Choices is { } choices) argument.AcceptOnlyFromAmong([.. choices]);
        argument.Validators.Add(result => Check(parameter, result, result.Tokens));
        Command.Add(argument);
        _readers.Add((parameter.Name, result => Values(result.GetResult(argument)?.Tokens)));
    }

    private void AddOption(AdminParameter parameter)
    {
        var option = new Option<string?>(OptionName(parameter)) { Description = parameter.Description, HelpName = parameter.ValueName ?? parameter.Name, Required = parameter.IsRequired };
        if (parameter.Choices is { } choices) option.AcceptOnlyFromAmong([.. choices]);
        option.Validators.Add(result => Check(parameter, result, result.Tokens));
        Command.Add(option);
        _readers.Add((parameter.Name, result => Values(result.GetResult(option)?.Tokens)));
    }

    // As they were typed: what fails a check cannot be had as a value, and rules between parameters are asked all the same.
    private static string[]? Values(IReadOnlyList<Token>? tokens) => tokens is { Count: > 0 } ? [.. tokens.Select(t => t.Value)] : null;

    private static string OptionName(AdminParameter parameter) => "--" + JsonNamingPolicy.KebabCaseLower.ConvertName(parameter.Name);

    private static void Check(AdminParameter parameter, SymbolResult result, IReadOnlyList<Token> tokens)
    {
        foreach (var problem in tokens.Select(t => parameter.Check?.Invoke(t.Value)).OfType<string>()) result.AddError(problem);
    }

    private Dictionary<string, IReadOnlyList<string>> Read(SymbolResult result)
    {
        var values = new Dictionary<string, IReadOnlyList<string>>();
        foreach (var (name, read) in _readers)
            if (read(result) is { } given)
                values.Add(name, given);
        return values;
    }

    private async Task<int> ExecuteAsync(ParseResult parsed, Installation installation, CancellationToken ct)
    {
        _common.RequirePlace(parsed, installation);
        var request = new AdminRequest(_plugin.Id, _info.Group, _info.Name, parsed.GetRequiredValue(_host), Read(parsed.CommandResult));
        var reply = await ControlClient.TryExecuteAsync(DataFolder.ControlSocket(installation.DataDirectory), request, ct).ConfigureAwait(false)
            ?? await OfflineServer.ExecuteAsync(installation, request, ct).ConfigureAwait(false);
        return await AdminOutput.WriteAsync(reply, parsed.GetValue(_json), parsed.InvocationConfiguration).ConfigureAwait(false);
    }
}
