using System.Text;

namespace XmppHost.Import.Output;

/// <summary>Writes every secret to a file that only its owner can read. Equal secrets share one.</summary>
/// <param name="directory">Where the files go; made where it is missing.</param>
/// <param name="configDirectory">Where relative paths of the config will start; null when that is not known yet.</param>
internal sealed class SecretFiles(string directory, string? configDirectory) : ISecretPlace
{
    private readonly Dictionary<string, string> _files = new(StringComparer.Ordinal);

    public (string Name, JsonPart Value, string? Comment) Place(string name, string path, string value, string? comment)
    {
        if (!_files.TryGetValue(value, out var file)) _files[value] = file = Write(path, value);
        return (name + "File", new JsonPart.Text(Named(file)), comment);
    }

    private string Write(string path, string value)
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(directory);
        else Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var file = Path.Combine(directory, NameOf(path));
        PrivateFile.Write(file, value + "\n");
        return file;
    }

    // "hosts-example.org-plugins-HttpUpload-s3-secretAccessKey" without what every path has.
    private static string NameOf(string path)
    {
        var name = new StringBuilder();
        foreach (var c in path.Replace("hosts-", "", StringComparison.Ordinal).Replace("plugins-", "", StringComparison.Ordinal))
            name.Append(char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' ? c : '_');
        return name.ToString();
    }

    private string Named(string file)
    {
        var full = Path.GetFullPath(file);
        if (configDirectory is null) return full;
        var relative = Path.GetRelativePath(configDirectory, full);
        return relative.StartsWith("..", StringComparison.Ordinal) ? full : relative;
    }
}
