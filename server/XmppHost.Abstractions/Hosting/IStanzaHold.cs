using XmppHost.Stanzas;

namespace XmppHost.Hosting;

/// <summary>
/// Keeps stanzas back that a client can do without for a while. What it takes is neither counted nor written before it is released; anything else that is sent releases it first, so that the
/// order stays. Called under the session's lock: it decides and returns.
/// </summary>
public interface IStanzaHold
{
    /// <summary>True when it took the stanza, in place of others perhaps; it may take what can be lost with the session, and nothing else.</summary>
    /// <param name="stanza">What the client would get.</param>
    /// <param name="original">The message that it is a copy of, or itself.</param>
    bool TryTake(Stanza stanza, Stanza original);

    /// <summary>What is to be sent now, in order; nothing is left.</summary>
    IReadOnlyList<Stanza> Release();
}
