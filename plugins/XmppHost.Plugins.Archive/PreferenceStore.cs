using XmppHost.Addressing;
using XmppHost.Hosting;
using XmppHost.Storage;
using XmppHost.Xml;

namespace XmppHost.Plugins.Archive;

/// <summary>The preferences of the host's accounts, cached.</summary>
internal sealed class PreferenceStore
{
    private const string Space = "archive";
    private const string Key = "prefs";

    private readonly IKeyValueStore _values;
    private readonly IAccounts _accounts;
    private readonly IRosterView? _rosters;
    private readonly AccountCache<Preferences> _cache;
    private readonly Preferences _standard;

    public PreferenceStore(IKeyValueStore values, IAccounts accounts, ArchiveOptions options, IRosterView? rosters = null)
    {
        _values = values;
        _accounts = accounts;
        _rosters = rosters;
        _standard = new Preferences(options.Default, [], [], IsAccount: false);
        _cache = new AccountCache<Preferences>(options.CachedPreferences, LoadAsync);
    }

    internal ValueTask<Preferences> GetAsync(Jid account, CancellationToken ct) => _cache.GetAsync(account, ct);

    internal async ValueTask SetAsync(Jid account, Preferences preferences, CancellationToken ct) =>
        await _cache.UpdateAsync(account, async _ =>
        {
            await _values.WriteAsync(account.Bare.ToString(), Space, [new KeyValueChange(Key, preferences.ToElement().ToString())], ct).ConfigureAwait(false);
            return (preferences, true);
        }, ct).ConfigureAwait(false);

    internal async ValueTask EraseAsync(Jid account, CancellationToken ct) =>
        await _cache.UpdateAsync(account, async _ =>
        {
            await _values.EraseAsync(account.Bare.ToString(), Space, ct).ConfigureAwait(false);
            return (_standard, true);
        }, ct).ConfigureAwait(false);

    /// <summary>Whether the account exists and keeps messages to and from a contact.</summary>
    internal ValueTask<bool> KeepsAsync(Jid account, Jid peer, bool isOnline, CancellationToken ct)
    {
        var preferences = _cache.GetAsync(account, ct);
        return preferences is { IsCompletedSuccessfully: true, Result: var known } && (isOnline || known.IsAccount) && known.Keeps(peer) is { } keeps
            ? ValueTask.FromResult(keeps)
            : AskAsync(preferences, account, peer, isOnline, ct);
    }

    private async ValueTask<bool> AskAsync(ValueTask<Preferences> preferences, Jid account, Jid peer, bool isOnline, CancellationToken ct)
    {
        var known = await preferences.ConfigureAwait(false);

        // The cache remembers who exists, not who does not: accounts are made at any time.
        if (!isOnline && !known.IsAccount)
        {
            if (!await _accounts.ExistsAsync(account, ct).ConfigureAwait(false)) return false;
            await _cache.UpdateAsync(account, now => ValueTask.FromResult((now with { IsAccount = true }, true)), ct).ConfigureAwait(false);
        }

        if (known.Keeps(peer) is { } keeps) return keeps;
        if (_rosters is null) return false;
        if (peer.Bare == account.Bare) return true;
        var contacts = await _rosters.ContactsAsync(account.Bare, ct).ConfigureAwait(false);
        return contacts.Any(contact => contact.Jid == peer.Bare);
    }

    private async ValueTask<Preferences> LoadAsync(Jid account, CancellationToken ct)
    {
        var stored = await _values.GetAsync(account.ToString(), Space, Key, ct).ConfigureAwait(false);
        return stored is not null && Preferences.TryParse(XmppStreamReader.Parse(stored)) is { } preferences ? preferences : _standard;
    }
}
