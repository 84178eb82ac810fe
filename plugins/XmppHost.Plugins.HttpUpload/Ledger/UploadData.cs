using System.Globalization;
using System.Runtime.CompilerServices;
using XmppHost.Addressing;
using XmppHost.Hosting;
using XmppHost.Stanzas;
using XmppHost.Storage;
using XmppHost.Xml;

namespace XmppHost.Plugins.HttpUpload.Ledger;

/// <summary>An account's uploads, for its export and its end.</summary>
internal sealed class UploadData(IVHost host, IUploadLedger ledger, UploadService uploads) : IAccountDataOwner
{
    private const string Namespace = "https://xmpphost.org/uploads";

    public string DataName => "uploads";

    public async IAsyncEnumerable<XmppElement> ExportAsync(Jid account, [EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (var page in ledger.PagesAsync(new UploadQuery(host.Name) { Uploader = account }, ct).ConfigureAwait(false))
            foreach (var entry in page)
                yield return Element(entry);
    }

    public ValueTask EraseAsync(Jid account, CancellationToken ct) => uploads.EraseAsync(account, ct);

    private XmppElement Element(UploadEntry entry) => new XmppElement("upload", Namespace)
        .With("url", uploads.UrlOf(entry))
        .With("name", entry.Name)
        .With("size", entry.Size.ToString(CultureInfo.InvariantCulture))
        .With("content-type", entry.ContentType)
        .With("purpose", entry.Purpose)
        .With("issued", XmppDateTime.Format(entry.Issued))
        .With("expires", entry.Expires is { } expires ? XmppDateTime.Format(expires) : null)
        .With("state", entry.State.ToString().ToLowerInvariant());
}
