using Microsoft.Extensions.Logging.Abstractions;
using XmppHost.Plugins;
using XmppHost.Server.Hosting;

namespace XmppHost.Server.Cli;

/// <summary>Every option in force for one host, with its origin.</summary>
internal static class ConfigExplanation
{
    private const int WidestValue = 60;

    internal static async Task WriteAsync(Installation installation, string host, TextWriter output)
    {
        var endpoints = installation.Problems.Count == 0 ? Endpoints.Of(installation.Settings.Endpoints) : null;
        await using var composition = Composition.Create(installation, installation.DataDirectory, NullLoggerFactory.Instance, name => endpoints?.PublicUrl(name));
        var composed = composition.Hosts.Single(h => h.Configuration.Name == host);
        BoundOption[] options = [.. installation.BoundOptions, .. composed.BoundOptions, .. composed.Plugins.SelectMany(p => p.Context.BoundOptions)];

        await output.WriteLineAsync($"# Configuration: {installation.File ?? "built-in"}. Data: {installation.DataDirectory}. Public URL of {host}: {composed.PublicUrl?.ToString() ?? "none"}").ConfigureAwait(false);
        (string Path, string Text, string Origin)[] lines = [.. options.Select(o => (o.Path, o.Text, o.IsSet ? installation.Configuration.OriginOf(o.Key) ?? "?" : "default"))];
        var (width, valueWidth) = (lines.Max(l => l.Path.Length), Math.Min(WidestValue, lines.Max(l => l.Text.Length)));
        foreach (var (path, text, origin) in lines)
            await output.WriteLineAsync($"{path.PadRight(width)} = {text.PadRight(valueWidth)}  # {origin}").ConfigureAwait(false);

        // A plugin without options is on as well.
        foreach (var (file, context) in composed.Plugins.Where(p => p.Context.BoundOptions.Count == 0))
            await output.WriteLineAsync($"{OptionNames.Path(context.Config.Path).PadRight(width)} = {"{}".PadRight(valueWidth)}  # {installation.Configuration.OriginOf(context.Config.Path)}").ConfigureAwait(false);
    }
}
