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

    /// <summary>Refuses where the command line leaves the place to the current folder and nothing is there: what a command made or found in the wrong folder would puzzle whoever typed it.</summary>
    internal void RequirePlace(ParseResult parsed, Installation installation)
    {
        if (parsed.GetValue(Config) is null && parsed.GetValue(Data) is null && !Directory.Exists(installation.DataDirectory))
            throw new Refusal($"there is no data folder {installation.DataDirectory}: start the server first, or name its place with --data or --config");
    }

    /// <summary>The same options again, for a command that the user is told to type.</summary>
    internal string Repeat(ParseResult parsed)
    {
        var words = new List<string>();
        if (parsed.GetValue(Config) is { } config) words.AddRange(["--config", Shell.Quote(config)]);
        if (parsed.GetValue(Data) is { } data) words.AddRange(["--data", Shell.Quote(data)]);
        return string.Concat(words.Select(w => " " + w));
    }
}
