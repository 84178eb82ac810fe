namespace XmppHost.Xml;

/// <summary>The names, namespaces and attribute values that streams are full of: found by their UTF-8 bytes, so that reading them allocates nothing.</summary>
internal static class WellKnown
{
    /// <summary>All of them are NCNames, so a name that is found needs no further look.</summary>
    public static WordTable Words { get; } = new(
    [
        // stanzas and streams
        "message", "presence", "iq", "stream", "features", "error", "text", "from", "to", "id", "type", "lang", "xml", "xmlns", "version", "by",
        "body", "subject", "thread", "parent", "show", "status", "priority", "chat", "groupchat", "headline", "normal", "get", "set", "result",
        "unavailable", "available", "subscribe", "subscribed", "unsubscribe", "unsubscribed", "probe", "away", "xa", "dnd", "en",
        "auth", "cancel", "continue", "modify", "wait", "code",
        "starttls", "proceed", "required", "optional", "mechanisms", "mechanism", "response", "challenge", "success", "failure", "abort",
        "authenticate", "authentication", "user-agent", "software", "device", "initial-response", "authorization-identifier", "bind", "bound",
        "inline", "tag", "session", "resource", "jid", "channel-binding", "sasl-channel-binding", "sm", "csi", "dialback", "db",
        "bad-request", "conflict", "feature-not-implemented", "forbidden", "gone", "internal-server-error", "item-not-found", "jid-malformed",
        "not-acceptable", "not-allowed", "not-authorized", "policy-violation", "recipient-unavailable", "redirect", "registration-required",
        "remote-server-not-found", "remote-server-timeout", "resource-constraint", "service-unavailable", "subscription-required",
        "undefined-condition", "unexpected-request",

        // roster, discovery, forms, commands
        "query", "item", "items", "name", "node", "group", "subscription", "ask", "ver", "approved", "both", "none", "remove", "hash", "c",
        "identity", "category", "feature", "var", "x", "field", "value", "option", "label", "title", "instructions", "desc", "reported",
        "form", "submit", "hidden", "boolean", "list-single", "list-multi", "jid-single", "jid-multi", "text-single", "text-multi",
        "text-private", "fixed", "FORM_TYPE", "command", "action", "sessionid", "execute", "completed", "executing", "actions", "note",
        "client", "server", "pc", "phone", "web", "account", "registered", "username", "password", "email", "sha-1", "true", "false",

        // messages
        "active", "inactive", "composing", "paused", "request", "received", "displayed", "markable", "acknowledged", "delay", "stamp",
        "origin-id", "stanza-id", "forwarded", "sent", "private", "no-copy", "store", "no-store", "no-permanent-store", "replace", "reply",
        "reactions", "reaction", "retract", "apply-to", "attention", "oob", "url", "encrypted", "header", "payload", "key", "rid", "sid", "iv",
        "encryption", "namespace", "keys", "prekey", "devices", "list", "bundle", "fallback", "html", "span", "p", "a", "r", "h", "enable",
        "enabled", "disable", "disabled", "resume", "resumed", "failed", "max", "location", "previd", "reason", "addresses", "address",

        // result sets, archive, pubsub, rooms, profiles, uploads
        "fin", "complete", "stable", "first", "last", "count", "index", "before", "after", "queryid", "prefs", "always", "never", "default",
        "start", "end", "with", "pubsub", "publish", "publish-options", "event", "notify", "create", "configure", "options", "affiliation",
        "affiliations", "subscriptions", "retrieve", "subid", "publisher", "owner", "admin", "member", "outcast", "role", "moderator",
        "participant", "visitor", "nick", "history", "maxstanzas", "maxchars", "seconds", "since", "invite", "decline", "destroy", "actor",
        "user", "conference", "autojoin", "storage", "vCard", "FN", "NICKNAME", "PHOTO", "BINVAL", "TYPE", "photo", "data", "metadata", "info",
        "bytes", "width", "height", "slot", "put", "filename", "size", "content-type", "ping", "time", "tzo", "utc", "os", "block", "unblock",
        "blocklist", "push", "service", "services", "host", "port", "transport", "blocked", "register", "streamhost",
    ]);

    public static WordTable Namespaces { get; } = new(
    [
        XmlNs.Xml, XmlNs.Xmlns, XmlNs.Client, XmlNs.Server, XmlNs.Streams, "jabber:server:dialback", "jabber:component:accept",
        "jabber:iq:roster", "jabber:iq:register", "jabber:iq:version", "jabber:iq:last", "jabber:iq:private", "jabber:iq:search",
        "jabber:iq:auth", "jabber:x:data", "jabber:x:oob", "jabber:x:delay", "jabber:x:conference", "jabber:x:encrypted", "jabber:x:event",
        "urn:ietf:params:xml:ns:xmpp-tls", "urn:ietf:params:xml:ns:xmpp-sasl", "urn:ietf:params:xml:ns:xmpp-bind",
        "urn:ietf:params:xml:ns:xmpp-session", "urn:ietf:params:xml:ns:xmpp-stanzas", "urn:ietf:params:xml:ns:xmpp-streams",
        "urn:ietf:params:xml:ns:xmpp-framing", "urn:xmpp:sasl:2", "urn:xmpp:bind:0", "urn:xmpp:sasl-cb:0", "urn:xmpp:sm:3", "urn:xmpp:csi:0",
        "urn:xmpp:features:rosterver", "urn:xmpp:features:pre-approval", "http://jabber.org/features/iq-register",
        "http://jabber.org/protocol/disco#info", "http://jabber.org/protocol/disco#items", "http://jabber.org/protocol/caps",
        "http://jabber.org/protocol/commands", "http://jabber.org/protocol/chatstates", "http://jabber.org/protocol/muc",
        "http://jabber.org/protocol/muc#user", "http://jabber.org/protocol/muc#admin", "http://jabber.org/protocol/muc#owner",
        "http://jabber.org/protocol/pubsub", "http://jabber.org/protocol/pubsub#event", "http://jabber.org/protocol/pubsub#owner",
        "http://jabber.org/protocol/pubsub#errors", "http://jabber.org/protocol/pubsub#publish-options", "http://jabber.org/protocol/rsm",
        "http://jabber.org/protocol/nick", "http://jabber.org/protocol/xhtml-im", "http://jabber.org/protocol/bytestreams",
        "http://jabber.org/protocol/ibb", "http://jabber.org/protocol/address", "http://jabber.org/protocol/httpbind",
        "http://jabber.org/protocol/geoloc", "http://jabber.org/protocol/tune", "http://jabber.org/protocol/mood",
        "http://jabber.org/protocol/activity", "http://www.w3.org/1999/xhtml", "urn:xmpp:ping", "urn:xmpp:time", "urn:xmpp:delay",
        "urn:xmpp:receipts", "urn:xmpp:chat-markers:0", "urn:xmpp:carbons:2", "urn:xmpp:forward:0", "urn:xmpp:mam:2", "urn:xmpp:sid:0",
        "urn:xmpp:hints", "urn:xmpp:message-correct:0", "urn:xmpp:reply:0", "urn:xmpp:reactions:0", "urn:xmpp:message-retract:1",
        "urn:xmpp:fallback:0", "urn:xmpp:eme:0", "eu.siacs.conversations.axolotl", "eu.siacs.conversations.axolotl.devicelist",
        "urn:xmpp:omemo:2", "urn:xmpp:avatar:data", "urn:xmpp:avatar:metadata", "urn:xmpp:vcard4", "vcard-temp", "vcard-temp:x:update",
        "urn:xmpp:blocking", "urn:xmpp:blocking:errors", "urn:xmpp:push:0", "urn:xmpp:http:upload:0", "urn:xmpp:extdisco:2",
        "urn:xmpp:bookmarks:1", "storage:bookmarks", "storage:rosternotes", "urn:xmpp:idle:1", "urn:xmpp:attention:0",
        "urn:xmpp:jingle:1", "urn:xmpp:jingle-message:0", "urn:xmpp:styling:0", "urn:xmpp:occupant-id:0", "urn:xmpp:hashes:2", "urn:xmpp:sfs:0",
    ]);
}
