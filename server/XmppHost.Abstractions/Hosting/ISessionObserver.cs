using XmppHost.Stanzas;

namespace XmppHost.Hosting;

/// <summary>Is told what happens to the sessions of a virtual host, in <see cref="Order"/>, on the loop of the session concerned.</summary>
public interface ISessionObserver
{
    int Order => 0;

    /// <summary>A resource was bound.</summary>
    ValueTask BoundAsync(ISession session) => ValueTask.CompletedTask;

    /// <summary>
    /// The client sent an undirected available or unavailable presence; <see cref="ISession.Presence"/> has it already. An unavailable one is also made up
    /// when an available session ends. <paramref name="previous"/> is what was in force before, or null.
    /// </summary>
    ValueTask PresenceAsync(ISession session, Stanza presence, Stanza? previous) => ValueTask.CompletedTask;

    /// <summary>
    /// The session begins to take messages of its account: its priority is not negative and was, or it was not available. Hand it now what waited for it; until this is done, messages
    /// that would be kept offline are kept, so that none overtakes those that waited. Comes after <see cref="PresenceAsync"/>, and again when messages were kept meanwhile.
    /// </summary>
    ValueTask CatchUpAsync(ISession session) => ValueTask.CompletedTask;

    /// <summary>The connection is gone and the session waits to be resumed.</summary>
    ValueTask DetachedAsync(ISession session) => ValueTask.CompletedTask;

    /// <summary>The session was resumed on a new connection.</summary>
    ValueTask ResumedAsync(ISession session) => ValueTask.CompletedTask;

    /// <summary>The session is over and out of the directory.</summary>
    ValueTask EndedAsync(ISession session) => ValueTask.CompletedTask;
}
