using Microsoft.Extensions.Logging;
using XmppHost.Plugins;

namespace XmppHost.Server.Settings;

internal enum LogFormat { Text, Json }

/// <summary>Config section <c>logging</c>.</summary>
internal sealed record LoggingOptions : IValidatedOptions
{
    public LogLevel Level { get; init; } = LogLevel.Information;

    /// <summary>Levels of parts of the program, by the beginning of the logger's name: <c>"XmppHost.Plugins.HttpUpload": "debug"</c>.</summary>
    public IReadOnlyDictionary<string, LogLevel> Levels { get; init; } = new Dictionary<string, LogLevel>();

    public LogFormat Format { get; init; } = LogFormat.Text;

    /// <summary>An NLog configuration that takes the place of all the above.</summary>
    public string? ConfigFile { get; init; }

    public IEnumerable<(string Option, string Problem)> Validate()
    {
        if (ConfigFile is not null && (Levels.Count > 0 || Format != LogFormat.Text)) yield return ("configFile", "stands beside options that it would override; keep one or the other");
    }
}
