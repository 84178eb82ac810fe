namespace XmppHost.Plugins;

/// <summary>One option as it was bound, for <c>config explain</c>.</summary>
/// <param name="Key">Its path as Microsoft.Extensions.Configuration writes it, with colons.</param>
/// <param name="Text">The value as config would write it; a secret is masked.</param>
/// <param name="IsSet">False when the value is the option's own default.</param>
internal sealed record BoundOption(string Key, string Text, bool IsSet)
{
    /// <summary>The path as problems and explanations print it.</summary>
    internal string Path => OptionNames.Path(Key);
}
