using System.Text.RegularExpressions;
using XmppHost.Scripting.Matching;

namespace XmppHost.Scripting.Format;

/// <summary>Reads what stands above the line of dashes: options, variables, clients.</summary>
internal sealed partial class HeaderParser(ProblemList problems)
{
    private readonly List<KeyValuePair<string, string>> _variables = [];
    private readonly Dictionary<string, ClientDeclaration> _clients = [];
    private ClientDeclaration _defaults = new("", 0);

    public TimeSpan Limit { get; private set; } = TimeSpan.FromMinutes(1);

    public IReadOnlyList<KeyValuePair<string, string>> Variables => _variables;

    public IReadOnlyDictionary<string, ClientDeclaration> Clients => _clients;

    public void Parse(IEnumerable<ScriptLine> lines)
    {
        foreach (var block in ScriptBlock.Split(lines))
        {
            var match = SectionSyntax().Match(block.Head.Text);
            switch (match.Groups[1].Value)
            {
                case "Options" when match.Groups[2].Length == 0:
                    ReadOptions(block);
                    break;
                case "Variables" when match.Groups[2].Length == 0:
                    ReadVariables(block);
                    break;
                case "Client" when match.Groups[2].Length > 0:
                    ReadClient(match.Groups[2].Value, block);
                    break;
                default:
                    problems.Add(block.Head.Number, $"'{block.Head.Text}' is not a section: [Client] NAME, [Options] or [Variables]; steps come after a line of dashes");
                    break;
            }
        }
    }

    private void ReadOptions(ScriptBlock block)
    {
        foreach (var (line, key, value) in Settings(block))
            problems.Try(line, () =>
            {
                if (key == "limit") Limit = Duration.Parse(value);
                else _defaults = ClientSettings.Apply(_defaults, key, value);
                return _defaults;
            });
    }

    private void ReadVariables(ScriptBlock block)
    {
        foreach (var (line, key, value) in Settings(block))
            if (!PlaceholderParser.IsFreeName(key)) problems.Add(line, $"'{key}' cannot be the name of a variable");
            else if (problems.Try(line, () => Template.ParseValue(value)) is not null) _variables.Add(new(key, value));
    }

    private void ReadClient(string name, ScriptBlock block)
    {
        var client = _defaults with { Name = name, Line = block.Head.Number };
        foreach (var (line, key, value) in Settings(block))
            client = problems.Try(line, () => ClientSettings.Apply(client, key, value)) ?? client;
        if (client.Jid.Length == 0) problems.Add(block.Head.Number, $"client {name} has no jid");
        if (!_clients.TryAdd(name, client)) problems.Add(block.Head.Number, $"there are two clients named {name}");
    }

    private List<(int Line, string Key, string Value)> Settings(ScriptBlock block)
    {
        var settings = new List<(int, string, string)>();
        foreach (var line in block.Body.Where(l => !l.IsBlank && !l.Text.TrimStart().StartsWith('#')))
        {
            var colon = line.Text.IndexOf(':', StringComparison.Ordinal);
            if (colon < 0) problems.Add(line.Number, $"expected 'name: value', found '{line.Text.Trim()}'");
            else settings.Add((line.Number, line.Text[..colon].Trim(), line.Text[(colon + 1)..].Trim()));
        }

        return settings;
    }

    [GeneratedRegex(@"^\[(\w+)\](?: +([A-Za-z][\w-]*))?$")]
    private static partial Regex SectionSyntax();
}
