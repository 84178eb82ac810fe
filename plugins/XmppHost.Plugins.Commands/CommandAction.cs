namespace XmppHost.Plugins.Commands;

/// <summary>XEP-0050 section 4.1, attribute <c>action</c>.</summary>
internal enum CommandAction { Execute, Cancel, Prev, Next, Complete }
