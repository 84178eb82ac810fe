namespace XmppHost.Testing;

/// <summary>A client was not content with what it saw; its output says why.</summary>
public sealed class ClientFailedException(string program, IEnumerable<string> arguments, int exitCode, string output)
    : Exception($"{Path.GetFileName(program)} {string.Join(' ', arguments)}\nexit code {exitCode}:\n{output}");
