using XmppHost.Plugins.Roster;
using XmppHost.Plugins.Tests.Support;

namespace XmppHost.Plugins.Tests.Roster;

/// <summary>A server with the Roster plugin, and short forms for what its tests send.</summary>
internal static class RosterServer
{
    public static FakeServer Create(string host = "example.org", params string[] options) =>
        new(host, server => new RosterModule(server.Plugin("Roster", options)));

    /// <summary>Binds, asks for the roster and becomes available; what came is dropped.</summary>
    public static async Task<FakeSession> LogInAsync(this FakeServer server, string fullJid, string presence = "<presence/>")
    {
        var session = await server.ConnectAsync(fullJid);
        await server.SendAsync(session, "<iq type='get' id='roster'><query xmlns='jabber:iq:roster'/></iq>");
        await server.SendAsync(session, presence);
        session.Received.Clear();
        return session;
    }

    /// <summary>Both see each other's presence afterwards; what came is dropped.</summary>
    public static async Task BefriendAsync(this FakeServer server, FakeSession one, FakeSession other, FakeServer? othersServer = null)
    {
        await server.SendAsync(one, $"<presence type='subscribe' to='{other.Jid.Bare}'/>");
        await (othersServer ?? server).SendAsync(other, $"<presence type='subscribed' to='{one.Jid.Bare}'/>");
        await (othersServer ?? server).SendAsync(other, $"<presence type='subscribe' to='{one.Jid.Bare}'/>");
        await server.SendAsync(one, $"<presence type='subscribed' to='{other.Jid.Bare}'/>");
        one.Received.Clear();
        other.Received.Clear();
    }

    /// <summary>The roster's items as a client gets them, in the order of their text.</summary>
    public static async Task<string[]> RosterAsync(this FakeServer server, FakeSession session)
    {
        var before = session.Received.Count;
        await server.SendAsync(session, "<iq type='get' id='r'><query xmlns='jabber:iq:roster'/></iq>");
        var items = session.Received[before].Element.FirstElement()!.Elements().Select(Wire.Text).Order(StringComparer.Ordinal).ToArray();
        session.Received.RemoveRange(before, session.Received.Count - before);
        return [.. items.Select(item => item.Replace(" xmlns='jabber:iq:roster'", ""))];
    }

    /// <summary>The items of the roster pushes among what came, without their versions.</summary>
    public static string[] Pushes(this FakeSession session) =>
    [
        .. session.Received
            .Where(s => s.Type == "set" && s.Element.FirstElement()?.Namespace == "jabber:iq:roster")
            .Select(s => Wire.Text(s.Element.FirstElement()!.FirstElement()!).Replace(" xmlns='jabber:iq:roster'", "")),
    ];
}
