namespace XmppHost.Handlers;

/// <summary>Answers IQs of one key. A thrown exception is a bug: it is logged and answered <c>internal-server-error</c>.</summary>
public interface IIqHandler
{
    IqKey Key { get; }

    /// <summary>Whom the request may be addressed to.</summary>
    IqTarget Target => IqTarget.Host | IqTarget.OwnAccount;

    /// <summary>
    /// True for a handler that waits for something remote (S3, HTTP): it runs beside the sender's stream instead of in it, so its reply may
    /// overtake or follow others.
    /// </summary>
    bool Concurrent => false;

    ValueTask<IqReply> HandleAsync(IqRequest request, CancellationToken ct);
}
