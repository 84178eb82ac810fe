using XmppHost.Addressing;
using XmppHost.Hosting;

namespace XmppHost.Core.Tests.Support;

internal sealed class TestHost(string name) : IVHost
{
    public string Name => name;

    public Jid Jid { get; } = Jid.Parse(name);

    public Uri? PublicUrl => null;

    public Jid? ServiceJid(string name) => null;
}
