using System.Net;
using XmppHost.Addressing;

namespace XmppHost.Core.Streams.Sasl;

/// <summary>The throttle as seen from one connection: every check of a password goes through it.</summary>
internal sealed class LoginGate(LoginThrottle throttle, IPAddress? address)
{
    /// <summary>Waits as long as the account and the address must; false when that is too long.</summary>
    internal ValueTask<bool> AdmitAsync(string account, CancellationToken ct) => throttle.AdmitAsync(account, address, ct);

    internal void Report(string account, bool success)
    {
        if (success) throttle.Succeeded(account);
        else throttle.Failed(account, address);
    }

    /// <summary>What failures are counted by: the account where the name can be one, else the name.</summary>
    internal static string KeyOf(Jid? account, string name) => account?.ToString() ?? name;
}
