using XmppHost.Addressing;
using XmppHost.Xml;

namespace XmppHost.Hosting;

/// <summary>A plugin that stores personal data implements this: it is how an account is exported and erased.</summary>
public interface IAccountDataOwner
{
    /// <summary>What kind of data it is, for the export's headings: <c>roster</c>, <c>vcard</c>.</summary>
    string DataName { get; }

    /// <summary>Everything kept of the account, as elements (XEP-0227 where it has one).</summary>
    IAsyncEnumerable<XmppElement> ExportAsync(Jid account, CancellationToken ct);

    ValueTask EraseAsync(Jid account, CancellationToken ct);
}
