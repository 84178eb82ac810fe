using XmppHost.Xml;

namespace XmppHost.Stanzas;

/// <summary>RFC 6120 section 8.3.2: what the sender may do about it.</summary>
public enum StanzaErrorType { Auth, Cancel, Continue, Modify, Wait }

/// <summary>
/// A stanza error as a value: type, condition of RFC 6120 section 8.3.3, a text for a person, and an application-specific element.
/// The factories have the type that the RFC recommends for the condition.
/// </summary>
/// <param name="Type">What the sender may do.</param>
/// <param name="Condition">The element name of the condition.</param>
/// <param name="Text">A text in <see cref="Language"/>, or null.</param>
/// <param name="Application">An element of another namespace, or null.</param>
public sealed record StanzaError(StanzaErrorType Type, string Condition, string? Text = null, XmppElement? Application = null)
{
    /// <summary>The language tag of the text.</summary>
    public string Language { get; init; } = "en";

    public static StanzaError BadRequest(string? text = null) => new(StanzaErrorType.Modify, "bad-request", text);

    public static StanzaError Conflict(string? text = null) => new(StanzaErrorType.Cancel, "conflict", text);

    public static StanzaError FeatureNotImplemented(string? text = null) => new(StanzaErrorType.Cancel, "feature-not-implemented", text);

    public static StanzaError Forbidden(string? text = null) => new(StanzaErrorType.Auth, "forbidden", text);

    public static StanzaError Gone(string? text = null) => new(StanzaErrorType.Cancel, "gone", text);

    public static StanzaError InternalServerError(string? text = null) => new(StanzaErrorType.Cancel, "internal-server-error", text);

    public static StanzaError ItemNotFound(string? text = null) => new(StanzaErrorType.Cancel, "item-not-found", text);

    public static StanzaError JidMalformed(string? text = null) => new(StanzaErrorType.Modify, "jid-malformed", text);

    public static StanzaError NotAcceptable(string? text = null) => new(StanzaErrorType.Modify, "not-acceptable", text);

    public static StanzaError NotAllowed(string? text = null) => new(StanzaErrorType.Cancel, "not-allowed", text);

    public static StanzaError NotAuthorized(string? text = null) => new(StanzaErrorType.Auth, "not-authorized", text);

    public static StanzaError PolicyViolation(string? text = null) => new(StanzaErrorType.Modify, "policy-violation", text);

    public static StanzaError RecipientUnavailable(string? text = null) => new(StanzaErrorType.Wait, "recipient-unavailable", text);

    public static StanzaError RegistrationRequired(string? text = null) => new(StanzaErrorType.Auth, "registration-required", text);

    public static StanzaError RemoteServerNotFound(string? text = null) => new(StanzaErrorType.Cancel, "remote-server-not-found", text);

    public static StanzaError RemoteServerTimeout(string? text = null) => new(StanzaErrorType.Wait, "remote-server-timeout", text);

    public static StanzaError ResourceConstraint(string? text = null) => new(StanzaErrorType.Wait, "resource-constraint", text);

    public static StanzaError ServiceUnavailable(string? text = null) => new(StanzaErrorType.Cancel, "service-unavailable", text);

    public static StanzaError SubscriptionRequired(string? text = null) => new(StanzaErrorType.Auth, "subscription-required", text);

    public static StanzaError UndefinedCondition(string? text = null) => new(StanzaErrorType.Cancel, "undefined-condition", text);

    public static StanzaError UnexpectedRequest(string? text = null) => new(StanzaErrorType.Wait, "unexpected-request", text);

    /// <summary>The <c>&lt;error/&gt;</c> child of a stanza.</summary>
    public XmppElement ToElement()
    {
        var error = new XmppElement("error", Ns.Client).With("type", TypeName).Add(new XmppElement(Condition, Ns.StanzaErrors));
        if (Text is not null) error = error.Add(new XmppElement("text", Ns.StanzaErrors).With("lang", Language, XmlNs.Xml).Add(Text));
        return error.Add(Application);
    }

    private string TypeName => Type switch
    {
        StanzaErrorType.Auth => "auth",
        StanzaErrorType.Continue => "continue",
        StanzaErrorType.Modify => "modify",
        StanzaErrorType.Wait => "wait",
        _ => "cancel",
    };
}
