namespace XmppHost.Server.Control;

/// <summary>A plugin's command as it goes to whoever holds the storage: the running server, or the command itself.</summary>
/// <param name="Plugin">The id of the plugin whose command it is.</param>
/// <param name="Group">The first word of the command line.</param>
/// <param name="Name">The second word.</param>
/// <param name="Host">The virtual host, as it was typed.</param>
/// <param name="Arguments">The rest, by parameter.</param>
internal sealed record AdminRequest(string Plugin, string Group, string Name, string Host, IReadOnlyDictionary<string, IReadOnlyList<string>> Arguments);
