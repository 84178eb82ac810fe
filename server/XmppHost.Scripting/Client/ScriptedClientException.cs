using XmppHost.Xml;

namespace XmppHost.Scripting;

/// <summary>A client did not get what it waited for; the message says what it got.</summary>
/// <param name="message">What was expected and what came.</param>
/// <param name="element">The element that ended the wait: a stream error, a SASL failure, an unexpected stanza.</param>
/// <param name="inner">The cause, where the connection itself failed.</param>
public sealed class ScriptedClientException(string message, XmppElement? element = null, Exception? inner = null) : Exception(message, inner)
{
    public XmppElement? Element => element;

    /// <summary>The defined condition inside <see cref="Element"/>, for instance <c>not-authorized</c>; null where there is none.</summary>
    public string? Condition => element is null ? null : StanzaErrors.ConditionOf(element);
}
