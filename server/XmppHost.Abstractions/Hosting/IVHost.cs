using XmppHost.Addressing;

namespace XmppHost.Hosting;

/// <summary>One virtual host: the domain it serves and where the world reaches it.</summary>
public interface IVHost
{
    /// <summary>The domain, prepared: <c>example.org</c>.</summary>
    string Name { get; }

    /// <summary>The domain as a JID.</summary>
    Jid Jid { get; }

    /// <summary>The base of URLs that clients are given, with a trailing slash: <c>https://example.org:5281/</c>; null when no HTTP endpoint listens.</summary>
    Uri? PublicUrl { get; }

    /// <summary>The JID of one of this host's services, by <see cref="Disco.ServiceAddress.Name"/>; null when none registered that name.</summary>
    Jid? ServiceJid(string name);
}
