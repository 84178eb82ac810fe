using System.Runtime.CompilerServices;
using System.Text;
using XmppHost.Addressing;
using XmppHost.Hosting;
using XmppHost.Stanzas;
using XmppHost.Storage;
using XmppHost.Xml;

namespace XmppHost.Plugins.PrivateStorage;

/// <summary>The elements that accounts keep, by namespace and name.</summary>
internal sealed class PrivateStore(IKeyValueStore values, PrivateStorageOptions options) : IAccountDataOwner
{
    private const string Space = "private";

    public string DataName => "private";

    internal async ValueTask<XmppElement?> FindAsync(Jid account, XmppElement like, CancellationToken ct) =>
        await values.GetAsync(account.Bare.ToString(), Space, PrivateXml.Key(like), ct).ConfigureAwait(false) is { } stored ? XmppStreamReader.Parse(stored) : null;

    /// <summary>Keeps all elements or, with the error, none; an empty one gives its place up.</summary>
    internal async ValueTask<StanzaError?> SaveAsync(Jid account, IReadOnlyList<XmppElement> elements, CancellationToken ct)
    {
        var owner = account.Bare.ToString();
        var changes = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var element in elements)
        {
            var text = element.IsEmpty && element.Attributes.IsEmpty ? null : element.ToString();
            if (text is not null && Encoding.UTF8.GetByteCount(text) > options.MaxSize.Bytes) return StanzaError.PolicyViolation($"an element has at most {options.MaxSize}");
            changes[PrivateXml.Key(element)] = text;
        }

        var kept = (await values.ListAsync(owner, Space, ct).ConfigureAwait(false)).Select(entry => entry.Key).ToHashSet(StringComparer.Ordinal);
        kept.ExceptWith(changes.Keys);
        if (changes.Values.Any(text => text is not null) && kept.Count + changes.Values.Count(text => text is not null) > options.MaxItems)
            return StanzaError.ResourceConstraint($"an account keeps at most {options.MaxItems} elements");
        await values.WriteAsync(owner, Space, [.. changes.Select(c => new KeyValueChange(c.Key, c.Value))], ct).ConfigureAwait(false);
        return null;
    }

    public async IAsyncEnumerable<XmppElement> ExportAsync(Jid account, [EnumeratorCancellation] CancellationToken ct)
    {
        var stored = await values.ListAsync(account.Bare.ToString(), Space, ct).ConfigureAwait(false);
        if (stored.Count > 0) yield return new XmppElement("query", PrivateXml.Namespace).Add(stored.Select(entry => XmppStreamReader.Parse(entry.Value)));
    }

    public ValueTask EraseAsync(Jid account, CancellationToken ct) => values.EraseAsync(account.Bare.ToString(), Space, ct);
}
