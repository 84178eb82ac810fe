using XmppHost.Stanzas;
using XmppHost.Xml;

namespace XmppHost.Core.Sessions;

/// <summary>A session's presence and notes as the text that its stored stream carries.</summary>
internal static class SessionState
{
    private const string Namespace = "urn:xmpphost:session";

    internal static string Write(Stanza? presence, Dictionary<string, string>? notes)
    {
        var state = new XmppElement("session", Namespace).Add(presence?.Element);
        if (notes is not null)
            state = state.Add(notes.Select(n => new XmppElement("note", Namespace).With("key", n.Key).Add(n.Value)));
        return state.ToString();
    }

    internal static (Stanza? Presence, Dictionary<string, string>? Notes) Parse(string text)
    {
        var state = XmppStreamReader.Parse(text);
        Dictionary<string, string>? notes = null;
        foreach (var note in state.Elements())
            if (note.Is("note", Namespace))
                (notes ??= [])[note.Attribute("key") ?? ""] = note.Text;
        var presence = state.Element("presence", Ns.Client);
        return (presence is null ? null : Stanza.TryCreate(presence), notes);
    }
}
