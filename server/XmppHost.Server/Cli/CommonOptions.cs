using System.CommandLine;
using XmppHost.Server.Hosting;

namespace XmppHost.Server.Cli;

/// <summary>The options that say which server a command is about; every command has them.</summary>
internal sealed class CommonOptions
{
    internal Option<string?> Config { get; } = new("--config", "-c")
    {
        Description = "The config file. Without it: xmpphost.json in the current folder, else the built-in default for localhost.",
        HelpName = "FILE",
        Recursive = true,
    };

    internal Option<string?> Data { get; } = new("--data", "-d")
    {
        Description = "The data folder, instead of the one that the config names.",
        HelpName = "DIR",
        Recursive = true,
    };

    internal Option<string[]> Set { get; } = new("--set", "-s")
    {
        Description = "Overrides one value of the config: endpoints:c2s:listen:0=127.0.0.1:5222. May be repeated.",
        HelpName = "path=value",
        Recursive = true,
        DefaultValueFactory = _ => [],
    };

    internal Installation Load(ParseResult parsed) => Installation.Load(parsed.GetValue(Config), parsed.GetValue(Data), parsed.GetValue(Set) ?? []);

    /// <summary>The command line says where the server is, rather than leaving it to the current folder.</summary>
    internal bool NamesPlace(ParseResult parsed) => parsed.GetValue(Config) is not null || parsed.GetValue(Data) is not null;

    /// <summary>The same options again, for a command that the user is told to type.</summary>
    internal string Repeat(ParseResult parsed)
    {
        var words = new List<string>();
        if (parsed.GetValue(Config) is { } config) words.AddRange(["--config", Shell.Quote(config)]);
        if (parsed.GetValue(Data) is { } data) words.AddRange(["--data", Shell.Quote(data)]);
        return string.Concat(words.Select(w => " " + w));
    }
}
