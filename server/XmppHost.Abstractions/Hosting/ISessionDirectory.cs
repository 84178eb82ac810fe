using XmppHost.Addressing;

namespace XmppHost.Hosting;

/// <summary>The bound sessions of one virtual host.</summary>
public interface ISessionDirectory
{
    int Count { get; }

    /// <summary>All sessions of an account, as they are now; empty when there are none.</summary>
    IReadOnlyList<ISession> Of(Jid account);

    /// <summary>The session of a full JID, or null.</summary>
    ISession? Find(Jid full);

    /// <summary>All sessions of the host, as they are now.</summary>
    IReadOnlyList<ISession> All();
}
