using Microsoft.Extensions.Configuration;

namespace XmppHost.Plugins;

internal enum SecretSource { None, Config, Environment, File }

/// <summary>Finds the value of a <see cref="Secret"/> where config says it is.</summary>
internal sealed class SecretReader(string configDirectory)
{
    internal (Secret? Secret, SecretSource Source, string? Problem) Read(string? inline, string? file)
    {
        if (inline is not null && file is not null) return (null, SecretSource.Config, "is given twice, as a value and as a file; keep one");
        if (file is not null) return FromFile(Path.GetFullPath(file, configDirectory));
        if (inline is null) return (null, SecretSource.None, null);
        if (inline.StartsWith("${", StringComparison.Ordinal) && inline.EndsWith('}')) return FromEnvironment(inline[2..^1]);
        return inline.Length == 0 ? (null, SecretSource.Config, "is empty") : (new Secret(inline), SecretSource.Config, null);
    }

    /// <summary>How the explanation shows it: never the value, but where it comes from.</summary>
    internal static string Mask(SecretSource source, IReadOnlyDictionary<string, IConfigurationSection> present, string name) => source switch
    {
        SecretSource.File => $"*** (content of {present[name + "File"].Value})",
        SecretSource.Environment => $"*** (from {present[name].Value})",
        _ => "***",
    };

    private static (Secret?, SecretSource, string?) FromEnvironment(string name) => Environment.GetEnvironmentVariable(name) switch
    {
        null => (null, SecretSource.Environment, $"the environment variable {name} is not set"),
        "" => (null, SecretSource.Environment, $"the environment variable {name} is empty"),
        var value => (new Secret(value), SecretSource.Environment, null),
    };

    internal static (Secret? Secret, SecretSource Source, string? Problem) FromFile(string path)
    {
        try
        {
            var text = File.ReadAllText(path);
            if (text.EndsWith('\n')) text = text[..^1];
            if (text.EndsWith('\r')) text = text[..^1];
            return text.Length == 0 ? (null, SecretSource.File, $"{path} is empty") : (new Secret(text, path), SecretSource.File, null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            return (null, SecretSource.File, e is FileNotFoundException or DirectoryNotFoundException ? $"there is no file {path}" : $"cannot read {path}: {e.Message}");
        }
    }
}
