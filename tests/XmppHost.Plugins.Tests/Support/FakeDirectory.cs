using XmppHost.Addressing;
using XmppHost.Hosting;

namespace XmppHost.Plugins.Tests.Support;

internal sealed class FakeDirectory : ISessionDirectory
{
    private readonly List<ISession> _sessions = [];

    public int Count => _sessions.Count;

    public void Add(ISession session) => _sessions.Add(session);

    public void Remove(ISession session) => _sessions.Remove(session);

    public IReadOnlyList<ISession> Of(Jid account) => [.. _sessions.Where(s => s.Jid.Bare == account.Bare)];

    public ISession? Find(Jid full) => _sessions.Find(s => s.Jid == full);

    public IReadOnlyList<ISession> All() => [.. _sessions];
}
