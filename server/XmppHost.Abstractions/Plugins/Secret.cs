namespace XmppHost.Plugins;

/// <summary>
/// A value that is never printed. An option <c>X</c> of this type is written as <c>"X": "..."</c>, <c>"X": "${ENVIRONMENT_VARIABLE}"</c>, or <c>"XFile": "path"</c> whose content, without a
/// final line break, is the value.
/// </summary>
public sealed class Secret(string value)
{
    /// <summary>The secret itself.</summary>
    public string Reveal() => value;

    public override string ToString() => "***";
}
