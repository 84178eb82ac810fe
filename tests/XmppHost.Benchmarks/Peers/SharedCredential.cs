using System.Text;
using XmppHost.Benchmarks.Load.Protocol;

namespace XmppHost.Benchmarks.Peers;

/// <summary>One salt and one password for all accounts, so that neither side derives keys ten thousand times. A login costs the server the same.</summary>
internal sealed class SharedCredential(string password)
{
    public const int Iterations = 4096;
    public const string Salt = "a-salt-for-benchmarks";

    private readonly ScramKeys _keys = ScramKeys.Derive(password, Encoding.ASCII.GetBytes(Salt), Iterations);

    public byte[] StoredKey => _keys.Stored;

    public byte[] ServerKey => _keys.Server;
}
