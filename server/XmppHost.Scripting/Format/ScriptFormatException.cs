namespace XmppHost.Scripting.Format;

/// <summary>A part of a script cannot be read, at a line of its own.</summary>
internal sealed class ScriptFormatException(string message, int? line = null) : FormatException(message)
{
    public int? Line => line;
}
