namespace XmppHost.Plugins;

/// <summary>
/// A value that is never printed. An option <c>X</c> of this type is written as <c>"X": "..."</c>, <c>"X": "${ENVIRONMENT_VARIABLE}"</c>, or <c>"XFile": "path"</c> whose content, without a
/// final line break, is the value.
/// </summary>
/// <param name="value">The secret itself.</param>
/// <param name="file">The whole path of the file whose content it is; null when it did not come from one.</param>
public sealed class Secret(string value, string? file = null)
{
    /// <summary>True when it came from a file, so that it can be changed while the server runs.</summary>
    public bool IsFromFile => file is not null;

    /// <summary>The secret itself.</summary>
    public string Reveal() => value;

    /// <summary>The secret as its file has it now; this one where it did not come from a file, or where the file is gone, unreadable or empty, as it may be for a moment while somebody replaces it.</summary>
    public Secret Reread() => file is null ? this : SecretReader.FromFile(file).Secret ?? this;

    public override string ToString() => "***";
}
