namespace XmppHost.Scripting;

/// <summary>A transport made of one function, for tests that hold the other end themselves.</summary>
public sealed class DelegateTransport(Func<ConnectTarget, CancellationToken, ValueTask<Stream>> connect) : IScriptTransport
{
    public ValueTask<Stream> ConnectAsync(ConnectTarget target, CancellationToken ct) => connect(target, ct);
}
