using XmppHost.Stanzas;
using XmppHost.Xml;

namespace XmppHost.Plugins.Commands;

/// <summary>The errors of XEP-0050 section 4.4.</summary>
internal static class CommandErrors
{
    internal static StanzaError MalformedAction() => Bad("malformed-action", "There is no such action.");

    internal static StanzaError BadAction() => Bad("bad-action", "This cannot be done at this step.");

    internal static StanzaError BadLocale() => Bad("bad-locale", "This is not a language tag.");

    internal static StanzaError BadPayload(string text) => Bad("bad-payload", text);

    internal static StanzaError BadSession() => Bad("bad-sessionid", "There is no such session.");

    internal static StanzaError Expired() => StanzaError.NotAllowed("The session has ended; begin again.") with { Application = Condition("session-expired") };

    // The table has its own type for it.
    internal static StanzaError Forbidden() => StanzaError.Forbidden("This command is not for you.") with { Type = StanzaErrorType.Cancel };

    private static StanzaError Bad(string condition, string text) => StanzaError.BadRequest(text) with { Application = Condition(condition) };

    private static XmppElement Condition(string name) => new(name, Ns.Commands);
}
