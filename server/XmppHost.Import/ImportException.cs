namespace XmppHost.Import;

/// <summary>A config file that cannot be read; the message is <c>FILE:LINE: what is wrong</c>.</summary>
public sealed class ImportException(string message) : Exception(message);
