using XmppHost.Addressing;
using XmppHost.Commands;
using XmppHost.Disco;
using XmppHost.Handlers;
using XmppHost.Hosting;
using XmppHost.Stanzas;
using XmppHost.Xml;

namespace XmppHost.Plugins.Commands;

/// <summary>The commands of the host's addresses, and what service discovery tells of them: XEP-0050 sections 2.1 and 2.2.</summary>
internal sealed class CommandCatalogue : IDiscoNodes, IDiscoFeatures
{
    private readonly IVHost _host;
    private readonly IAdHocCommand[] _commands;

    public CommandCatalogue(IVHost host, IEnumerable<IAdHocCommand> commands)
    {
        _host = host;
        _commands = [.. commands];
        if (_commands.GroupBy(c => (c.Service, c.Node)).FirstOrDefault(g => g.Count() > 1) is { } same)
            throw new InvalidOperationException($"plugins: {string.Join(" and ", same.Select(c => c.GetType().Assembly.GetName().Name))} both have the command {same.Key.Node}: switch one of them off");
    }

    public IEnumerable<DiscoFeature> Features() => _commands.Select(c => c.Service).Distinct().Select(s => new DiscoFeature(Ns.Commands, s));

    /// <summary>The command of a node at the address that was asked, whoever may run it.</summary>
    internal IAdHocCommand? Find(IqRequest request, string node) => At(request.Target).FirstOrDefault(c => c.Node == node);

    // Section 2.2: whom a command is not for is told so, rather than that there is none.
    public StanzaError? Refuse(IqRequest request, string node) => Find(request, node) is { } command && !command.IsFor(request) ? CommandErrors.Forbidden() : null;

    public ValueTask<XmppElement?> InfoAsync(IqRequest request, string node, CancellationToken ct) => ValueTask.FromResult(Info(request, node));

    public ValueTask<IReadOnlyList<XmppElement>?> ItemsAsync(IqRequest request, string? node, CancellationToken ct) => ValueTask.FromResult(Items(request, node));

    private XmppElement? Info(IqRequest request, string node)
    {
        var query = new XmppElement("query", Ns.DiscoInfo).With("node", node);
        if (node == Ns.Commands) return request.Target.IsDomain ? query.Add(Identity("Commands", "command-list")).Add(Feature(Ns.Commands)) : null;
        return Find(request, node) is { } command ? query.Add(Identity(command.Title, "command-node")).Add(Feature(Ns.Commands)).Add(Feature(Ns.DataForms)) : null;
    }

    private IReadOnlyList<XmppElement>? Items(IqRequest request, string? node)
    {
        if (node is null) return null;
        if (node != Ns.Commands) return Find(request, node) is null ? null : [];
        if (!request.Target.IsDomain) return null;
        var address = request.Target.ToString();
        return [.. At(request.Target).Where(c => c.IsFor(request)).Select(c => new XmppElement("item", Ns.DiscoItems).With("jid", address).With("node", c.Node).With("name", c.Title))];
    }

    private IEnumerable<IAdHocCommand> At(Jid target) => _commands.Where(c => (c.Service is null ? _host.Jid : _host.ServiceJid(c.Service)) == target);

    private static XmppElement Identity(string name, string type) => new XmppElement("identity", Ns.DiscoInfo).With("category", "automation").With("type", type).With("name", name);

    private static XmppElement Feature(string var) => new XmppElement("feature", Ns.DiscoInfo).With("var", var);
}
