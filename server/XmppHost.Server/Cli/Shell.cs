namespace XmppHost.Server.Cli;

/// <summary>Commands as a person would type them.</summary>
internal static class Shell
{
    internal static string Quote(string word) =>
        word.Length > 0 && word.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '.' or '-' or '_' or ':' or '=' or ',' or '@' or '+') ? word : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    /// <summary>How this program was called: <c>dotnet xmpphost.dll</c>, or the executable from the current folder.</summary>
    internal static string Self()
    {
        var process = Environment.ProcessPath ?? "xmpphost";
        if (Path.GetFileNameWithoutExtension(process) != "dotnet") return Quote(Near(process));
        return $"dotnet {Quote(Near(Path.Combine(AppContext.BaseDirectory, "xmpphost.dll")))}";
    }

    private static string Near(string path)
    {
        var relative = Path.GetRelativePath(Environment.CurrentDirectory, path);
        if (relative.StartsWith("..", StringComparison.Ordinal)) return path;
        return relative.Contains(Path.DirectorySeparatorChar) ? relative : $".{Path.DirectorySeparatorChar}{relative}";
    }
}
