using XmppHost.Stanzas;
using XmppHost.Xml;

namespace XmppHost.Handlers;

/// <summary>A handler's answer as a value: a result with at most one payload, or an error.</summary>
public sealed class IqReply
{
    private static readonly IqReply Empty = new(null, null, null);

    private IqReply(XmppElement? payload, StanzaError? failure, Func<ValueTask>? afterwards)
    {
        Payload = payload;
        Failure = failure;
        Afterwards = afterwards;
    }

    public XmppElement? Payload { get; }

    /// <summary>The error, or null for a result.</summary>
    public StanzaError? Failure { get; }

    /// <summary>Runs after the reply was queued to the sender, for instance to close the stream of a deleted account.</summary>
    public Func<ValueTask>? Afterwards { get; }

    public static IqReply Result(XmppElement? payload = null) => payload is null ? Empty : new(payload, null, null);

    public static IqReply Error(StanzaError error) => new(null, error, null);

    /// <summary>The same reply with something to do once it is queued.</summary>
    public IqReply Then(Func<ValueTask> afterwards) => new(Payload, Failure, afterwards);

    public static implicit operator IqReply(StanzaError error) => Error(error);

    public static implicit operator IqReply(XmppElement payload) => Result(payload);

    public static implicit operator ValueTask<IqReply>(IqReply reply) => ValueTask.FromResult(reply);
}
