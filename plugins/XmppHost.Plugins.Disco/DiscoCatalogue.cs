using XmppHost.Addressing;
using XmppHost.Disco;
using XmppHost.Handlers;
using XmppHost.Hosting;
using XmppHost.Stanzas;
using XmppHost.Xml;

namespace XmppHost.Plugins.Disco;

/// <summary>What all plugins of the host announced, as the elements of disco#info and disco#items.</summary>
internal sealed class DiscoCatalogue(
    DiscoOptions options,
    IVHost host,
    IEnumerable<DiscoFeature> features,
    IEnumerable<IDiscoFeatures> laterFeatures,
    IEnumerable<DiscoIdentity> identities,
    IEnumerable<ServiceAddress> services,
    IEnumerable<IDiscoForm> forms,
    IEnumerable<IDiscoNodes> nodes)
{
    private readonly DiscoFeature[] _features = [.. features, .. laterFeatures.SelectMany(f => f.Features())];
    private readonly DiscoIdentity[] _identities = [.. identities];
    private readonly ServiceAddress[] _services = [.. services];
    private readonly IDiscoForm[] _forms = [.. forms];
    private readonly IDiscoNodes[] _nodes = [.. nodes];

    /// <summary>The name of the service at an address, or null when it is the host's own.</summary>
    internal string? ServiceAt(Jid address) => _services.FirstOrDefault(s => host.ServiceJid(s.Name) == address)?.Name;

    internal XmppElement HostInfo()
    {
        var server = new DiscoIdentity("server", "im", options.Name ?? "XmppHost");
        var others = _identities.Where(i => i.Service is null && i.Target.HasFlag(IqTarget.Host));
        var vars = _features.Where(f => f.Service is null && f.Target.HasFlag(IqTarget.Host));
        return Query([server, .. others], vars, _forms.Where(f => f.Service is null));
    }

    internal XmppElement ServiceInfo(string name)
    {
        var address = _services.First(s => s.Name == name);
        var own = new DiscoIdentity(address.Category, address.Type, address.Title);

        // Every service answers disco itself.
        DiscoFeature[] basics = [new(Ns.DiscoInfo), new(Ns.DiscoItems)];
        return Query([own, .. _identities.Where(i => i.Service == name)], [.. basics, .. _features.Where(f => f.Service == name)], _forms.Where(f => f.Service == name));
    }

    internal XmppElement AccountInfo()
    {
        var others = _identities.Where(i => i.Service is null && i.Target.HasFlag(IqTarget.OwnAccount));
        var vars = _features.Where(f => f.Service is null && f.Target.HasFlag(IqTarget.OwnAccount));
        return Query([new DiscoIdentity("account", "registered"), .. others], vars, []);
    }

    /// <summary>Why the requester may not ask about a node; null when it may.</summary>
    internal StanzaError? Refuse(IqRequest request, string node) => _nodes.Select(n => n.Refuse(request, node)).FirstOrDefault(e => e is not null);

    internal async ValueTask<XmppElement?> NodeInfoAsync(IqRequest request, string node, CancellationToken ct)
    {
        foreach (var owner in _nodes)
            if (await owner.InfoAsync(request, node, ct).ConfigureAwait(false) is { } info)
                return info;
        return null;
    }

    /// <summary>The items of an address or of a node there; null when nobody owns the node.</summary>
    internal async ValueTask<IReadOnlyList<XmppElement>?> ItemsAsync(IqRequest request, string? node, CancellationToken ct)
    {
        List<XmppElement>? items = node is null ? [.. OwnItems(request.Target)] : null;
        foreach (var owner in _nodes)
            if (await owner.ItemsAsync(request, node, ct).ConfigureAwait(false) is { } more)
                (items ??= []).AddRange(more);
        return items;
    }

    private IEnumerable<XmppElement> OwnItems(Jid target) => target != host.Jid
        ? []
        : _services.Select(s => new XmppElement("item", Ns.DiscoItems).With("jid", host.ServiceJid(s.Name)!.ToString()).With("name", s.Title));

    private static XmppElement Query(IEnumerable<DiscoIdentity> identities, IEnumerable<DiscoFeature> features, IEnumerable<IDiscoForm> forms) =>
        new XmppElement("query", Ns.DiscoInfo)
            .Add(identities.Select(i => new XmppElement("identity", Ns.DiscoInfo).With("category", i.Category).With("type", i.Type).With("name", i.Name)))
            .Add(features.Select(f => f.Var).Distinct().Select(v => new XmppElement("feature", Ns.DiscoInfo).With("var", v)))
            .Add(forms.Select(f => f.Form()).OfType<DataForm>().Select(f => f.ToElement()));
}
