namespace XmppHost.Xml;

/// <summary>Why a stream could not be read; each maps to one stream error of RFC 6120 section 4.9.3.</summary>
public enum XmppReadError
{
    None,

    /// <summary><c>&lt;not-well-formed/&gt;</c>: not XML 1.0, not namespace-well-formed, or not UTF-8.</summary>
    NotWellFormed,

    /// <summary><c>&lt;restricted-xml/&gt;</c>: a DTD, comment, processing instruction or undefined entity (RFC 6120 section 11.1).</summary>
    RestrictedXml,

    /// <summary><c>&lt;policy-violation/&gt;</c> with <c>&lt;stanza-too-big/&gt;</c>: over <see cref="XmlLimits"/>.</summary>
    TooBig,

    /// <summary><c>&lt;unsupported-encoding/&gt;</c>: an XML declaration that names another encoding than UTF-8.</summary>
    UnsupportedEncoding,

    /// <summary><c>&lt;bad-format/&gt;</c>: character data other than white space between stanzas.</summary>
    BadFormat,
}
