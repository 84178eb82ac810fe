using XmppHost.Addressing;
using XmppHost.Hosting;

namespace XmppHost.Plugins.Tests.Support;

internal sealed class FakeVHost(string name) : IVHost
{
    public string Name => name;

    public Jid Jid { get; } = Jid.Parse(name);

    public Uri? PublicUrl { get; init; }

    public Dictionary<string, Jid> Services { get; } = [];

    public Jid? ServiceJid(string name) => Services.GetValueOrDefault(name);
}
