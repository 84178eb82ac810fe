namespace XmppHost.Benchmarks.Load.Protocol;

internal sealed class ScramKeyCache
{
    private readonly Dictionary<(string Password, string Salt, int Iterations), ScramKeys> _keys = [];

    public ScramKeys For(string password, string salt, int iterations)
    {
        if (_keys.TryGetValue((password, salt, iterations), out var known)) return known;
        return _keys[(password, salt, iterations)] = ScramKeys.Derive(password, Convert.FromBase64String(salt), iterations);
    }
}
