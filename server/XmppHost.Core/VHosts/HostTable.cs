using System.Collections.Frozen;

namespace XmppHost.Core.VHosts;

/// <summary>All domains that this process answers for: hosts and their services.</summary>
internal sealed class HostTable
{
    private FrozenDictionary<string, (VHost Host, string? Service)> _domains = FrozenDictionary<string, (VHost, string?)>.Empty;

    internal IReadOnlyList<VHost> Hosts { get; private set; } = [];

    internal void Set(IReadOnlyList<VHost> hosts, ICollection<string> problems)
    {
        var domains = new Dictionary<string, (VHost, string?)>();
        foreach (var host in hosts)
        {
            domains[host.Name] = (host, null);
            foreach (var (service, jid) in host.Services)
                if (!domains.TryAdd(jid.Domain, (host, service)))
                    problems.Add($"hosts.{host.Name}: the domain {jid.Domain} of its service {service} is taken");
        }

        Hosts = hosts;
        _domains = domains.ToFrozenDictionary();
    }

    internal bool TryFind(string domain, out VHost host, out string? service)
    {
        var found = _domains.TryGetValue(domain, out var entry);
        (host, service) = entry;
        return found;
    }

    /// <summary>The host that a stream header names; services are not hosts.</summary>
    internal VHost? FindHost(string domain) => _domains.TryGetValue(domain, out var entry) && entry.Service is null ? entry.Host : null;
}
