using XmppHost.Stanzas;

namespace XmppHost.Core.Sessions;

/// <summary>The connection that carries a session now.</summary>
internal interface ISessionCarrier
{
    /// <summary>Ends the stream, from any thread.</summary>
    void Stop(StreamError? error);

    /// <summary>Completes when the connection's loop handles no further stanza.</summary>
    Task LoopEndedAsync();
}
