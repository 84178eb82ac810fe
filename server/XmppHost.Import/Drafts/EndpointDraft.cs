using System.Globalization;
using XmppHost.Import.Output;
using XmppHost.Import.Sources;

namespace XmppHost.Import.Drafts;

/// <summary>Addresses to listen on, by our endpoints. Endpoints that the old config does not name keep our defaults.</summary>
internal sealed class EndpointDraft
{
    private static readonly string[] Order = ["c2s", "c2sDirectTls", "http", "https"];
    private readonly Dictionary<string, List<string>> _addresses = [];
    private readonly Dictionary<string, string> _comments = [];

    internal void Add(string endpoint, string? address, decimal port, Place place, string name)
    {
        if (!_addresses.TryGetValue(endpoint, out var list)) _addresses[endpoint] = list = [];
        _comments.TryAdd(endpoint, Origin.Of(place, name));
        var text = string.Create(CultureInfo.InvariantCulture, $"{Address(address)}:{port:0}");
        if (!list.Contains(text)) list.Add(text);
    }

    /// <summary>Nothing listens there in the old config.</summary>
    internal void Off(string endpoint, Place place, string name)
    {
        _addresses.TryAdd(endpoint, []);
        _comments.TryAdd(endpoint, Origin.Of(place, name));
    }

    internal JsonObject ToJson()
    {
        var endpoints = new JsonObject();
        foreach (var name in Order.Where(_addresses.ContainsKey))
            endpoints.Object(name).Set("listen", WithoutCovered(_addresses[name]), _comments[name]);
        return endpoints;
    }

    private static string Address(string? address) => address switch
    {
        null or "" or "*" or "::" or "[::]" or "0.0.0.0" or "any" => "*",
        _ when address.Contains(':', StringComparison.Ordinal) && !address.StartsWith('[') => $"[{address}]",
        _ => address,
    };

    // "*" takes the others' port on every address.
    private static IEnumerable<string> WithoutCovered(List<string> addresses) =>
        addresses.Where(a => a.StartsWith("*:", StringComparison.Ordinal) || !addresses.Contains($"*{a[a.LastIndexOf(':')..]}"));
}
