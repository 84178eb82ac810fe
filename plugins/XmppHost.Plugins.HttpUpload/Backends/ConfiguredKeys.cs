using Amazon.Runtime;

namespace XmppHost.Plugins.HttpUpload.Backends;

/// <summary>
/// The keys that config names. Those in files are read again while the server runs. Files of one key do not change at the same moment: a change counts when all of them have changed, or
/// when it is still there at a later look.
/// </summary>
internal sealed class ConfiguredKeys : AWSCredentials
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(2);

    private readonly TimeProvider _time;
    private readonly Lock _lock = new();
    private readonly bool _canChange;
    private KeySet _keys;
    private KeySet? _seen;
    private long _looked;

    internal ConfiguredKeys(S3Options options, TimeProvider time)
    {
        _time = time;
        _keys = new KeySet(options.AccessKeyId!, options.SecretAccessKey!, options.SessionToken);
        _canChange = _keys.FromFiles.Any();
        _looked = time.GetTimestamp();
    }

    public override ImmutableCredentials GetCredentials()
    {
        if (_canChange && _time.GetElapsedTime(Volatile.Read(ref _looked)) >= BetweenLooks) Look();
        return Volatile.Read(ref _keys).Credentials;
    }

    private void Look()
    {
        lock (_lock)
        {
            if (_time.GetElapsedTime(_looked) < BetweenLooks) return;
            var found = _keys.Reread();
            if (found.IsLike(_keys)) _seen = null;
            else if (found.IsWhollyOtherThan(_keys) || _seen?.IsLike(found) == true) (_keys, _seen) = (found, null);
            else _seen = found;
            Volatile.Write(ref _looked, _time.GetTimestamp());
        }
    }

    private sealed record KeySet(Secret Id, Secret Key, Secret? Token)
    {
        internal ImmutableCredentials Credentials { get; } = new(Id.Reveal(), Key.Reveal(), Token?.Reveal());

        internal IEnumerable<string> FromFiles => Parts.Where(s => s.IsFromFile).Select(s => s.Reveal());

        private IEnumerable<Secret> Parts => Token is null ? [Id, Key] : [Id, Key, Token];

        internal KeySet Reread() => new(Id.Reread(), Key.Reread(), Token?.Reread());

        internal bool IsLike(KeySet other) => FromFiles.SequenceEqual(other.FromFiles);

        internal bool IsWhollyOtherThan(KeySet other) => FromFiles.Zip(other.FromFiles).All(p => p.First != p.Second);
    }
}
