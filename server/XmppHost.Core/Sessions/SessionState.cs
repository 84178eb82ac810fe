using XmppHost.Stanzas;
using XmppHost.Xml;

namespace XmppHost.Core.Sessions;

/// <summary>What a session's client has told of itself: presence and notes. As text it is what the stored stream carries.</summary>
internal sealed class SessionState
{
    private const string Namespace = "urn:xmpphost:session";

    internal Stanza? Presence { get; private set; }

    internal int Priority { get; private set; }

    internal Dictionary<string, string>? Notes { get; private set; }

    internal static SessionState Parse(string text)
    {
        var state = new SessionState();
        var root = XmppStreamReader.Parse(text);
        foreach (var note in root.Elements())
            if (note.Is("note", Namespace))
                state.SetNote(note.Attribute("key") ?? "", note.Text);
        if (root.Element("presence", Ns.Client) is { } presence) state.SetPresence(Stanza.TryCreate(presence));
        return state;
    }

    internal void SetPresence(Stanza? presence)
    {
        Presence = presence;
        // RFC 6121 section 4.7.2.3.
        Priority = sbyte.TryParse(presence?.Element.Element("priority", Ns.Client)?.Text, out var priority) ? priority : 0;
    }

    internal void SetNote(string key, string? value)
    {
        if (value is null) Notes?.Remove(key);
        else (Notes ??= new Dictionary<string, string>(1))[key] = value;
    }

    public override string ToString()
    {
        var state = new XmppElement("session", Namespace).Add(Presence?.Element);
        if (Notes is not null) state = state.Add(Notes.Select(n => new XmppElement("note", Namespace).With("key", n.Key).Add(n.Value)));
        return state.ToString();
    }
}
