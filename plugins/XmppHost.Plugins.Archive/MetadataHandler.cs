using XmppHost.Handlers;
using XmppHost.Stanzas;
using XmppHost.Storage;
using XmppHost.Xml;

namespace XmppHost.Plugins.Archive;

/// <summary>XEP-0313 section 4.4: where the archive begins and ends.</summary>
internal sealed class MetadataHandler(IMessageArchive archive) : IIqHandler
{
    public IqKey Key => new(ArchiveXml.Namespace, "metadata", IqType.Get);

    public IqTarget Target => IqTarget.OwnAccount | IqTarget.OtherAccount;

    public async ValueTask<IqReply> HandleAsync(IqRequest request, CancellationToken ct)
    {
        if (!request.IsOwnAccount) return StanzaError.Forbidden();
        var account = request.From.Bare;
        var first = await archive.ReadAsync(account, new ArchiveQuery(), last: false, 1, ct).ConfigureAwait(false);
        var last = await archive.ReadAsync(account, new ArchiveQuery(), last: true, 1, ct).ConfigureAwait(false);
        var metadata = new XmppElement("metadata", ArchiveXml.Namespace);
        return first is [var start] && last is [var end] ? metadata.Add(End("start", start)).Add(End("end", end)) : metadata;
    }

    private static XmppElement End(string name, ArchiveRow row) =>
        new XmppElement(name, ArchiveXml.Namespace).With("id", StanzaIds.Text(row)).With("timestamp", XmppDateTime.Format(row.Stamp));
}
