using System.Runtime.CompilerServices;
using XmppHost.Addressing;
using XmppHost.Hosting;
using XmppHost.Storage;
using XmppHost.Xml;

namespace XmppHost.Plugins.Profiles;

/// <summary>The cards of the host's accounts, as they were sent.</summary>
internal sealed class Cards(IKeyValueStore values) : IAccountDataOwner
{
    private const string Space = "vcard";
    private const string Key = "vcard-temp";

    public string DataName => "vcard";

    internal async ValueTask<XmppElement?> FindAsync(Jid account, CancellationToken ct) =>
        await values.GetAsync(account.Bare.ToString(), Space, Key, ct).ConfigureAwait(false) is { } stored ? XmppStreamReader.Parse(stored) : null;

    /// <summary>Keeps a card; null forgets it.</summary>
    internal ValueTask SaveAsync(Jid account, string? card, CancellationToken ct) =>
        values.WriteAsync(account.Bare.ToString(), Space, [new KeyValueChange(Key, card)], ct);

    public async IAsyncEnumerable<XmppElement> ExportAsync(Jid account, [EnumeratorCancellation] CancellationToken ct)
    {
        if (await FindAsync(account, ct).ConfigureAwait(false) is { } card) yield return card;
    }

    public ValueTask EraseAsync(Jid account, CancellationToken ct) => values.EraseAsync(account.Bare.ToString(), Space, ct);
}
