using System.Globalization;
using XmppHost.Handlers;
using XmppHost.Hosting;
using XmppHost.Stanzas;
using XmppHost.Storage;
using XmppHost.Xml;

namespace XmppHost.Plugins.Archive;

/// <summary>Sends a page of the archive, then its <c>&lt;fin/&gt;</c> (XEP-0313 section 4).</summary>
internal sealed class QueryHandler(ArchiveReader reader) : IIqHandler
{
    public IqKey Key => new(ArchiveXml.Namespace, "query", IqType.Set);

    public IqTarget Target => IqTarget.OwnAccount | IqTarget.OtherAccount;

    public async ValueTask<IqReply> HandleAsync(IqRequest request, CancellationToken ct)
    {
        if (!request.IsOwnAccount || request.Session is not { } session) return StanzaError.Forbidden();
        var (query, error) = QueryRequest.Parse(request.Payload);
        if (query is null) return error!;
        (var page, error) = await reader.ReadAsync(session.Jid.Bare, query, ct).ConfigureAwait(false);
        if (page is null) return error!;
        foreach (var row in query.Flip ? page.Rows.Reverse() : page.Rows) Send(session, row, request.Payload.Attribute("queryid"));
        return Fin(page);
    }

    private static void Send(ISession session, ArchiveRow row, string? queryId)
    {
        var result = new XmppElement("result", ArchiveXml.Namespace).With("queryid", queryId).With("id", StanzaIds.Text(row)).Add(Forwarding.Element(row.Stamp));
        session.SendCopy(Forwarding.Wrap(Stanza.Message(session.Jid.Bare, session.Jid, null, result), row.Stanza.Span), null, null);
    }

    private static XmppElement Fin(ArchivePage page)
    {
        var set = new XmppElement("set", ArchiveXml.Rsm);
        if (page.Rows is [var first, ..])
        {
            set = set
                .Add(new XmppElement("first", ArchiveXml.Rsm).With("index", page.Index?.ToString(CultureInfo.InvariantCulture)).Add(StanzaIds.Text(first)))
                .Add(new XmppElement("last", ArchiveXml.Rsm).Add(StanzaIds.Text(page.Rows[^1])));
        }

        if (page.Count is { } count) set = set.Add(new XmppElement("count", ArchiveXml.Rsm).Add(count.ToString(CultureInfo.InvariantCulture)));
        return new XmppElement("fin", ArchiveXml.Namespace).With("complete", page.IsComplete ? "true" : null).Add(set);
    }
}
