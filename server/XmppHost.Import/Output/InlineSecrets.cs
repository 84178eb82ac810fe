namespace XmppHost.Import.Output;

/// <summary>Writes secrets as values, with advice.</summary>
internal sealed class InlineSecrets : ISecretPlace
{
    public (string Name, JsonPart Value, string? Comment) Place(string name, string path, string value, string? comment) =>
        (name, new JsonPart.Text(value), $"{comment}; better in a file of its own: \"{name}File\": \"secrets/...\"");
}
