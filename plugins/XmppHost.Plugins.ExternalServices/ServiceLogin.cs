using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using XmppHost.Addressing;

namespace XmppHost.Plugins.ExternalServices;

/// <summary>A username and password for a service, and until when they are good.</summary>
internal sealed record ServiceLogin(string Username, string Password, DateTimeOffset? Expires)
{
    /// <summary>What an account logs in with at a service now; null where there is nothing, or nothing any more.</summary>
    internal static ServiceLogin? For(ServiceOptions service, Jid account, DateTimeOffset now)
    {
        if (service.Secret is { } secret) return Make(secret.Reread().Reveal(), service, account, now);
        if (service.Username is not { } name || service.Password is not { } password || service.Expires <= now) return null;
        return new(name, password.Reveal(), service.Expires);
    }

    // The TURN REST API, draft-uberti-behave-turn-rest section 2.2: the time is part of what is signed, so that the service needs nothing but the secret to check both.
    private static ServiceLogin Make(string secret, ServiceOptions service, Jid account, DateTimeOffset now)
    {
        var seconds = now.ToUnixTimeSeconds() + (long)service.Ttl.TotalSeconds;
        var time = seconds.ToString(CultureInfo.InvariantCulture);
        var key = Encoding.UTF8.GetBytes(secret);
        var username = service.User switch
        {
            UserPart.Pseudonym => $"{time}:{Pseudonym(key, account)}",
            UserPart.Account => $"{time}:{account.Bare}",
            _ => time,
        };
        return new(username, Convert.ToBase64String(HMACSHA1.HashData(key, Encoding.UTF8.GetBytes(username))), DateTimeOffset.FromUnixTimeSeconds(seconds));
    }

    private static string Pseudonym(byte[] key, Jid account) => Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(account.Bare.ToString())).AsSpan(0, 8));
}
