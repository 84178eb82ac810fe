using System.Collections.Concurrent;
using System.Net;

namespace XmppHost.Plugins.Accounts;

/// <summary>How many accounts an address registered in the current hour. Old hours are forgotten as a whole, so memory is bounded by an hour's registrations.</summary>
internal sealed class RegistrationThrottle(AccountsOptions options, TimeProvider clock)
{
    private readonly Lock _gate = new();
    private ConcurrentDictionary<IPAddress, int> _counts = new();
    private long _hour;

    internal bool TryTake(EndPoint? remote)
    {
        if (options.PerAddressAndHour == 0 || remote is not IPEndPoint { Address: { } address }) return true;
        var hour = clock.GetUtcNow().ToUnixTimeSeconds() / 3600;
        lock (_gate)
        {
            if (hour != _hour)
            {
                _hour = hour;
                _counts = new ConcurrentDictionary<IPAddress, int>();
            }

            return _counts.AddOrUpdate(address, 1, (_, n) => n + 1) <= options.PerAddressAndHour;
        }
    }
}
