namespace XmppHost.Testing;

/// <summary>What a test needs the server process to be.</summary>
public sealed record ServerProcessOptions
{
    /// <summary>The text of the config file; null: the server's built-in default.</summary>
    public string? Config { get; init; }

    /// <summary>The folder of xmpphost.dll; null: where it was built.</summary>
    public string? Folder { get; init; }

    /// <summary>Further <c>path=value</c> overrides.</summary>
    public IReadOnlyList<string> Settings { get; init; } = [];

    /// <summary>PEM certificates that clients are to trust beside the server's own: those of the services behind it.</summary>
    public string AlsoTrusted { get; init; } = "";

    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();
}
