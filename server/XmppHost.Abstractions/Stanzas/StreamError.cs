using XmppHost.Xml;

namespace XmppHost.Stanzas;

/// <summary>A stream error (RFC 6120 section 4.9): it always ends the stream.</summary>
/// <param name="Condition">The element name of the condition, of section 4.9.3.</param>
/// <param name="Text">English text, or null.</param>
/// <param name="Application">An element of another namespace, or null.</param>
public sealed record StreamError(string Condition, string? Text = null, XmppElement? Application = null)
{
    public static StreamError BadFormat { get; } = new("bad-format");

    public static StreamError BadNamespacePrefix { get; } = new("bad-namespace-prefix");

    public static StreamError Conflict { get; } = new("conflict");

    public static StreamError ConnectionTimeout { get; } = new("connection-timeout");

    public static StreamError HostUnknown { get; } = new("host-unknown");

    public static StreamError ImproperAddressing { get; } = new("improper-addressing");

    public static StreamError InternalServerError { get; } = new("internal-server-error");

    public static StreamError InvalidFrom { get; } = new("invalid-from");

    public static StreamError InvalidNamespace { get; } = new("invalid-namespace");

    public static StreamError InvalidXml { get; } = new("invalid-xml");

    public static StreamError NotAuthorized { get; } = new("not-authorized");

    public static StreamError NotWellFormed { get; } = new("not-well-formed");

    public static StreamError PolicyViolation { get; } = new("policy-violation");

    public static StreamError Reset { get; } = new("reset");

    public static StreamError ResourceConstraint { get; } = new("resource-constraint");

    public static StreamError RestrictedXml { get; } = new("restricted-xml");

    public static StreamError SystemShutdown { get; } = new("system-shutdown");

    public static StreamError UndefinedCondition { get; } = new("undefined-condition");

    public static StreamError UnsupportedEncoding { get; } = new("unsupported-encoding");

    public static StreamError UnsupportedStanzaType { get; } = new("unsupported-stanza-type");

    public static StreamError UnsupportedVersion { get; } = new("unsupported-version");

    /// <summary>The <c>&lt;stream:error/&gt;</c> element.</summary>
    public XmppElement ToElement()
    {
        var error = new XmppElement("error", Ns.Streams).Add(new XmppElement(Condition, Ns.StreamErrors));
        if (Text is not null) error = error.Add(new XmppElement("text", Ns.StreamErrors).With("lang", "en", XmlNs.Xml).Add(Text));
        return error.Add(Application);
    }
}
