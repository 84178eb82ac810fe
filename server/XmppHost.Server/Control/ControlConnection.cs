namespace XmppHost.Server.Control;

/// <summary>Marks connections of the control socket: whoever may open the socket's file may do what the command line may.</summary>
internal sealed class ControlConnection;
