using System.Security.Cryptography;
using System.Text;
using XmppHost.Addressing;

namespace XmppHost.Plugins.Commands;

/// <summary>
/// Ids of sessions that show whose they are: a random part, and a MAC of it with the requester and the command. So an id that was given out and has ended is told from one that was never
/// given, to this requester for this command, with nothing kept.
/// </summary>
internal sealed class SessionIds
{
    private const int RandomBytes = 12;
    private const int MacBytes = 12;

    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);

    internal string Create(Jid requester, Jid address, string node)
    {
        var random = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(RandomBytes));
        return random + Mac(random, requester, address, node);
    }

    internal bool IsOurs(string id, Jid requester, Jid address, string node) =>
        id.Length == 2 * (RandomBytes + MacBytes)
        && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(id[(2 * RandomBytes)..]), Encoding.UTF8.GetBytes(Mac(id[..(2 * RandomBytes)], requester, address, node)));

    private string Mac(string random, Jid requester, Jid address, string node) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes($"{random}\0{requester}\0{address}\0{node}")).AsSpan(0, MacBytes));
}
