using XmppHost.Handlers;
using XmppHost.Hosting;
using XmppHost.Stanzas;
using XmppHost.Storage;

namespace XmppHost.Plugins.Archive;

/// <summary>What an account receives goes into its archive, and says on its way to the devices under which id (XEP-0313 section 3.3): the same, whether it arrives now or waits.</summary>
internal sealed class ReceivedFilter(PreferenceStore preferences, IMessageLog log, ISessionDirectory sessions) : IStanzaFilter
{
    public StanzaStage Stage => StanzaStage.Delivering;

    public int Order => FilterOrder.Archive;

    public ValueTask<StanzaVerdict> FilterAsync(StanzaContext context, CancellationToken ct)
    {
        if (context.Stanza is not { Kind: StanzaKind.Message, From: { } from, To: { Local: not null } to } message) return ValueTask.FromResult(StanzaVerdict.Continue);
        var stripped = StanzaIds.Strip(message.Element, to.Bare);
        if (stripped != message.Element) context.Stanza = message = message.WithElement(stripped);
        if (!ArchiveRules.IsKept(message)) return ValueTask.FromResult(StanzaVerdict.Continue);
        var devices = sessions.Of(to);
        if (devices is [{ IsAnonymous: true }, ..]) return ValueTask.FromResult(StanzaVerdict.Continue);
        var keeps = preferences.KeepsAsync(to.Bare, from, isOnline: devices.Count > 0, ct);
        return keeps.IsCompletedSuccessfully ? ValueTask.FromResult(Keep(context, message, keeps.Result)) : AwaitAsync(context, message, keeps);
    }

    private async ValueTask<StanzaVerdict> AwaitAsync(StanzaContext context, Stanza message, ValueTask<bool> keeps) => Keep(context, message, await keeps.ConfigureAwait(false));

    private StanzaVerdict Keep(StanzaContext context, Stanza message, bool keeps)
    {
        if (!keeps) return StanzaVerdict.Continue;
        var account = message.To!.Bare;
        var row = new ArchiveRow(log.NextId(), account, message.From!, StanzaIds.NewNonce(), message.Bytes);
        context.Archive(row);
        context.Stanza = message.WithElement(message.Element.Add(StanzaIds.Element(account, StanzaIds.Text(row))));
        return StanzaVerdict.Continue;
    }
}
