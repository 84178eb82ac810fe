namespace XmppHost.Scripting;

/// <summary>The parts of a JID as they are written; nothing is prepared, since a script may want to send a malformed one.</summary>
internal readonly record struct JidParts(string Local, string Domain, string Resource)
{
    public string Bare => Local.Length == 0 ? Domain : $"{Local}@{Domain}";

    // RFC 7622 section 3.2: the resource begins after the first slash, the local part ends before the first at sign left of it.
    public static JidParts Of(string jid)
    {
        var slash = jid.IndexOf('/', StringComparison.Ordinal);
        var bare = slash < 0 ? jid : jid[..slash];
        var at = bare.IndexOf('@', StringComparison.Ordinal);
        return new JidParts(at < 0 ? "" : bare[..at], bare[(at + 1)..], slash < 0 ? "" : jid[(slash + 1)..]);
    }
}
