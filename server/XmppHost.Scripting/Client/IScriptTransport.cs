namespace XmppHost.Scripting;

/// <summary>Opens the byte stream under a client: TCP against a real server, a pair of pipes inside a test.</summary>
public interface IScriptTransport
{
    /// <summary>A new connection to the server that serves <paramref name="target"/>; TLS is the client's business, not the transport's.</summary>
    ValueTask<Stream> ConnectAsync(ConnectTarget target, CancellationToken ct);
}
