using System.Runtime.CompilerServices;
using XmppHost.Addressing;
using XmppHost.Hosting;
using XmppHost.Xml;

namespace XmppHost.Plugins.Blocking;

internal sealed class BlockData(BlockLists lists) : IAccountDataOwner
{
    public string DataName => "blocklist";

    public async IAsyncEnumerable<XmppElement> ExportAsync(Jid account, [EnumeratorCancellation] CancellationToken ct)
    {
        var list = await lists.GetAsync(account, ct).ConfigureAwait(false);
        if (!list.IsEmpty) yield return BlockingXml.List("blocklist", list.Items);
    }

    public ValueTask EraseAsync(Jid account, CancellationToken ct) => lists.EraseAsync(account, ct);
}
