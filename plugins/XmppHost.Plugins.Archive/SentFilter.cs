using XmppHost.Handlers;
using XmppHost.Hosting;
using XmppHost.Stanzas;
using XmppHost.Storage;

namespace XmppHost.Plugins.Archive;

/// <summary>What an account sends goes into its archive. To oneself it goes in once, as received.</summary>
internal sealed class SentFilter(PreferenceStore preferences, IMessageLog log) : IStanzaFilter
{
    public StanzaStage Stage => StanzaStage.Sending;

    public int Order => FilterOrder.Archive;

    public ValueTask<StanzaVerdict> FilterAsync(StanzaContext context, CancellationToken ct)
    {
        if (context is not { Stanza: { Kind: StanzaKind.Message, From: { Local: not null } from, To: { } to } message, Sender: { IsAnonymous: false } }) return ValueTask.FromResult(StanzaVerdict.Continue);
        var account = from.Bare;
        var stripped = StanzaIds.Strip(message.Element, account);
        if (stripped != message.Element) context.Stanza = message = message.WithElement(stripped);
        if (to.Bare == account || !ArchiveRules.IsKept(message)) return ValueTask.FromResult(StanzaVerdict.Continue);
        var keeps = preferences.KeepsAsync(account, to, isOnline: true, ct);
        return keeps.IsCompletedSuccessfully ? ValueTask.FromResult(Keep(context, message, keeps.Result)) : AwaitAsync(context, message, keeps);
    }

    private async ValueTask<StanzaVerdict> AwaitAsync(StanzaContext context, Stanza message, ValueTask<bool> keeps) => Keep(context, message, await keeps.ConfigureAwait(false));

    private StanzaVerdict Keep(StanzaContext context, Stanza message, bool keeps)
    {
        if (!keeps) return StanzaVerdict.Continue;
        var row = new ArchiveRow(log.NextId(), message.From!.Bare, message.To!, StanzaIds.NewNonce(), message.Bytes);
        context.Archive(row);
        context.SenderArchiveId = StanzaIds.Text(row);
        return StanzaVerdict.Continue;
    }
}
