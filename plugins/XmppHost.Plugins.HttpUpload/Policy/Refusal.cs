using XmppHost.Stanzas;

namespace XmppHost.Plugins.HttpUpload.Policy;

/// <summary>No slot: why, and what the requester is told.</summary>
internal sealed record Refusal(RefusalReason Reason, StanzaError Error)
{
    internal static Refusal Syntax(Phrases phrases, string text) => new(RefusalReason.Syntax, StanzaError.BadRequest(text) with { Language = phrases.Language });
}
