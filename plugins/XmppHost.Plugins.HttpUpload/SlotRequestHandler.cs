using XmppHost.Handlers;
using XmppHost.Plugins.HttpUpload.Ledger;
using XmppHost.Plugins.HttpUpload.Policy;
using XmppHost.Plugins.HttpUpload.Slots;
using XmppHost.Stanzas;

namespace XmppHost.Plugins.HttpUpload;

/// <summary>Hands out upload slots: XEP-0363 section 4. Who asks is looked at before anything is told, then syntax, type, size, rate and quota.</summary>
[Xep(363, "1.2.0")]
internal sealed class SlotRequestHandler(string ns, string service, AccessPolicy access, OrderReader reader, SlotPolicy policy, UsageBook usage, UploadService uploads, UploadMetrics metrics)
    : IIqHandler
{
    public IqKey Key => new(ns, "request", IqType.Get, service);

    public IqTarget Target => IqTarget.Host;

    // Requests that wait for the ledger together share a transaction.
    public bool Concurrent => true;

    public async ValueTask<IqReply> HandleAsync(IqRequest request, CancellationToken ct)
    {
        var started = metrics.Start();
        var phrases = Languages.Of(request.Stanza.Lang);
        var requester = request.From.Bare;
        if (access.Of(requester, request.Session) is not { } limits) return Refuse(RefusalXml.Forbidden(ns, phrases));
        var (read, refusal) = reader.Read(request.Payload, phrases);
        if (read is null) return Refuse(refusal!);
        var order = read with { Uploader = requester };
        if (policy.Check(order, limits, ns, phrases) is { } unwanted) return Refuse(unwanted, order.Purpose);
        if (await usage.ReserveAsync(requester, order.Purpose, order.Size, limits, ct).ConfigureAwait(false) is { } excess) return Refuse(excess.ToRefusal(phrases), order.Purpose);

        if (await uploads.TryIssueAsync(order, ct).ConfigureAwait(false) is not { } slot)
        {
            usage.Forget(requester);
            return Refuse(RefusalXml.BackendFailed(phrases), order.Purpose);
        }

        metrics.Issued(order, started);
        return UploadXml.Slot(ns, slot);
    }

    private StanzaError Refuse(Refusal refusal, Purpose? purpose = null)
    {
        metrics.Refused(refusal.Reason, purpose);
        return refusal.Error;
    }
}
