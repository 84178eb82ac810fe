namespace XmppHost.Scripting;

/// <summary>One thing that a client sent or received, as text.</summary>
public readonly record struct ScriptTraffic(bool Sent, string Xml);
