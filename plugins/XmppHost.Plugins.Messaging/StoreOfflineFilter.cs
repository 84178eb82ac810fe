using XmppHost.Handlers;
using XmppHost.Hosting;
using XmppHost.Stanzas;

namespace XmppHost.Plugins.Messaging;

/// <summary>A message that no session could take is kept, or its sender is told why not: RFC 6121 section 8.5.2.2.1, XEP-0160.</summary>
internal sealed class StoreOfflineFilter(OfflineCounts counts, IAccounts accounts, MessagingOptions options) : IStanzaFilter
{
    public StanzaStage Stage => StanzaStage.Undeliverable;

    // The last word: a filter that wants to know of the message has seen it.
    public int Order => FilterOrder.Notify + 500;

    public async ValueTask<StanzaVerdict> FilterAsync(StanzaContext context, CancellationToken ct)
    {
        if (context.Stanza is not { Kind: StanzaKind.Message, To: { Local: not null } to } message) return StanzaVerdict.Continue;
        var fate = StorageRules.Of(message);
        if (fate == OfflineFate.Forget) return StanzaVerdict.Drop;
        if (fate == OfflineFate.Refuse) return context.Reject(StanzaError.ServiceUnavailable());

        // RFC 6121 section 8.5.1; the same answer, so that accounts cannot be told from nobody.
        var account = to.Bare;
        if (!counts.Knows(account) && !await accounts.ExistsAsync(account, ct).ConfigureAwait(false)) return context.Reject(StanzaError.ServiceUnavailable());
        if (!await counts.TryAddAsync(account, options.MaxMessages, ct).ConfigureAwait(false)) return context.Reject(StanzaError.ServiceUnavailable());
        return context.StoreOffline(message);
    }
}
