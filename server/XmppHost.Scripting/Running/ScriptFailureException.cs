namespace XmppHost.Scripting;

/// <summary>A step that did not find what it demands; the message is all that a reader needs.</summary>
internal sealed class ScriptFailureException(string message) : Exception(message);
