namespace XmppHost.Import.Output;

/// <summary>Decides where secrets go: into the config, or into files that the config names.</summary>
internal interface ISecretPlace
{
    /// <param name="name">The option.</param>
    /// <param name="path">Where it stands in our config, with dashes.</param>
    /// <param name="comment">Where the value came from.</param>
    (string Name, JsonPart Value, string? Comment) Place(string name, string path, string value, string? comment);
}
