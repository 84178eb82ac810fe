using XmppHost.Handlers;
using XmppHost.Hosting;

namespace XmppHost.Plugins.Disco;

/// <summary>Who may ask about an account: itself, and who may see its presence (XEP-0030 section 8). To anyone else no account seems to exist.</summary>
internal sealed class AccountAccess(IRosterView? rosters = null)
{
    internal async ValueTask<bool> IsAllowedAsync(IqRequest request, CancellationToken ct)
    {
        if (request.IsOwnAccount || request.Target.Local is null) return true;
        return rosters is not null
            && (await rosters.SubscriptionAsync(request.Target, request.From.Bare, ct).ConfigureAwait(false)).HasFlag(RosterSubscription.From);
    }
}
