using System.Globalization;
using XmppHost.Stanzas;
using XmppHost.Xml;

namespace XmppHost.Plugins.HttpUpload.Policy;

/// <summary>The errors of XEP-0363 section 5, in the namespace of the request.</summary>
internal static class RefusalXml
{
    // The old namespace's text has another condition for it.
    internal static Refusal Forbidden(string ns, Phrases phrases) => new(
        RefusalReason.Access,
        (ns == UploadXml.Namespace ? StanzaError.Forbidden(phrases.Forbidden) : StanzaError.NotAllowed(phrases.Forbidden)) with { Language = phrases.Language });

    internal static Refusal PurposeNotServed(Phrases phrases) =>
        new(RefusalReason.Purpose, StanzaError.FeatureNotImplemented(phrases.PurposeNotServed) with { Language = phrases.Language });

    internal static Refusal Type(Phrases phrases, string text) => new(RefusalReason.Type, StanzaError.NotAcceptable(text) with { Language = phrases.Language });

    internal static Refusal TooLarge(string ns, SizeLimit limit, Phrases phrases) => new(
        RefusalReason.Size,
        StanzaError.NotAcceptable(Phrases.Fill(phrases.TooLarge, phrases.Size(limit.Shown))) with
        {
            Language = phrases.Language,
            Application = new XmppElement("file-too-large", ns).Add(new XmppElement("max-file-size", ns).Add(limit.Bytes.ToString(CultureInfo.InvariantCulture))),
        });

    /// <param name="at">When it would be granted; null where nobody knows.</param>
    internal static Refusal Retry(RefusalReason reason, string text, DateTimeOffset? at, Phrases phrases) => new(
        reason,
        StanzaError.ResourceConstraint(text) with
        {
            Language = phrases.Language,
            Application = at is { } time ? new XmppElement("retry", UploadXml.Namespace).With("stamp", XmppDateTime.Format(NextSecond(time))) : null,
        });

    internal static Refusal BackendFailed(Phrases phrases) =>
        new(RefusalReason.Backend, StanzaError.InternalServerError(phrases.BackendFailed) with { Type = StanzaErrorType.Wait, Language = phrases.Language });

    // Whoever comes back at the stamp is not to be early by what was cut off.
    private static DateTimeOffset NextSecond(DateTimeOffset time) =>
        time.Ticks % TimeSpan.TicksPerSecond == 0 ? time : new DateTimeOffset(time.UtcTicks - time.UtcTicks % TimeSpan.TicksPerSecond + TimeSpan.TicksPerSecond, TimeSpan.Zero);
}
