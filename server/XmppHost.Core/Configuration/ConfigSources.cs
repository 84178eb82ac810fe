using Microsoft.Extensions.Configuration;

namespace XmppHost.Core.Configuration;

/// <summary>Where the configuration comes from, from the weakest to the strongest.</summary>
/// <param name="Json">The file's content, or the built-in default.</param>
/// <param name="Name">How origins and problems call it.</param>
/// <param name="Directory">Where its relative paths start.</param>
/// <param name="Overrides">The <c>path=value</c> of <c>--set</c>.</param>
internal sealed record ConfigSources(ReadOnlyMemory<byte> Json, string Name, string Directory, IReadOnlyList<string> Overrides)
{
    internal const string EnvironmentPrefix = "XMPPHOST__";

    internal ConfigNode Read(ICollection<string> problems)
    {
        var root = ConfigReader.Read(Json.Span, Name, problems);
        ApplyEnvironment(root);
        foreach (var text in Overrides)
        {
            var equals = text.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0) problems.Add($"--set {text}: write path=value, as in --set endpoints:c2s:listen:0=127.0.0.1:5222");
            else Apply(root, text[..equals], text[(equals + 1)..], "--set");
        }

        return root;
    }

    // Overlaid one by one rather than merged, so that a value takes the place of a whole section: "Rooms" = false.
    private static void ApplyEnvironment(ConfigNode root)
    {
        var variables = new ConfigurationBuilder().AddEnvironmentVariables(EnvironmentPrefix).Build().AsEnumerable();
        foreach (var (path, value) in variables.Where(v => v.Value is not null).OrderBy(v => v.Key, StringComparer.Ordinal))
            Apply(root, path, value!, $"{EnvironmentPrefix}{path.Replace(":", "__", StringComparison.Ordinal)}");
    }

    private static void Apply(ConfigNode root, string path, string value, string origin)
    {
        var leaf = new ConfigNode();
        ConfigReader.ReadValue(leaf, value, origin);
        root.Put(path.Split(':'), leaf);
    }
}
