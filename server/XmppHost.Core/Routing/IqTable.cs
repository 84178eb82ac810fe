using System.Collections.Frozen;
using XmppHost.Handlers;

namespace XmppHost.Core.Routing;

/// <summary>The IQ handlers of one host, frozen when it starts.</summary>
internal sealed class IqTable
{
    private readonly FrozenDictionary<IqKey, IIqHandler> _handlers;

    internal IqTable(IEnumerable<IIqHandler> handlers, ICollection<string> problems)
    {
        var table = new Dictionary<IqKey, IIqHandler>();
        foreach (var handler in handlers)
        {
            if (table.TryAdd(handler.Key, handler)) continue;
            var (ns, element, type, service) = handler.Key;
            problems.Add(
                $"plugins: {Source(table[handler.Key])} and {Source(handler)} both handle IQ {(type == Stanzas.IqType.Get ? "get" : "set")} <{element} xmlns='{ns}'/>"
                + (service is null ? "" : $" of service {service}") + ": switch one of them off");
        }

        _handlers = table.ToFrozenDictionary();
    }

    internal IIqHandler? Find(in IqKey key) =>
        _handlers.GetValueOrDefault(key) ?? (key.Service is null ? null : _handlers.GetValueOrDefault(key with { Service = IqKey.AnyService }));

    private static string Source(IIqHandler handler) => handler.GetType().Assembly.GetName().Name ?? "?";
}
