namespace XmppHost.Stanzas;

public enum StanzaKind { Message, Presence, Iq }

/// <summary>RFC 6120 section 8.2.3.</summary>
public enum IqType { Get, Set, Result, Error }

/// <summary>RFC 6121 section 5.2.2; an unknown or absent type is <see cref="Normal"/>.</summary>
public enum MessageType { Normal, Chat, Groupchat, Headline, Error }

/// <summary>RFC 6121 section 4.7.1; no type is <see cref="Available"/>.</summary>
public enum PresenceType { Available, Unavailable, Subscribe, Subscribed, Unsubscribe, Unsubscribed, Probe, Error }
