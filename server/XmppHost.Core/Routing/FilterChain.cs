using XmppHost.Handlers;

namespace XmppHost.Core.Routing;

/// <summary>The filters of one stage in their order.</summary>
internal sealed class FilterChain(IEnumerable<IStanzaFilter> filters, StanzaStage stage)
{
    private readonly IStanzaFilter[] _filters =
        [.. filters.Where(f => f.Stage == stage).OrderBy(f => f.Order).ThenBy(f => f.GetType().Assembly.GetName().Name, StringComparer.Ordinal)];

    internal IEnumerable<IStanzaFilter> Filters => _filters;

    internal bool IsEmpty => _filters.Length == 0;

    internal async ValueTask<StanzaVerdict> RunAsync(StanzaContext context, CancellationToken ct)
    {
        foreach (var filter in _filters)
        {
            var verdict = await filter.FilterAsync(context, ct).ConfigureAwait(false);
            if (verdict != StanzaVerdict.Continue) return verdict;
        }

        return StanzaVerdict.Continue;
    }
}
