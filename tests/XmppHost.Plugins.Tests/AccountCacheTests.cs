using XmppHost.Addressing;
using XmppHost.Storage;

namespace XmppHost.Plugins.Tests;

internal sealed class AccountCacheTests
{
    private readonly List<string> _loads = [];

    [Test]
    public async Task Value_is_loaded_once_per_account()
    {
        var cache = Cache(10);
        Assert.That(await cache.GetAsync(Jid.Parse("juliet@example.org/balcony")), Is.EqualTo("juliet@example.org"));
        Assert.That(await cache.GetAsync(Jid.Parse("juliet@example.org")), Is.EqualTo("juliet@example.org"));
        Assert.That(_loads, Is.EqualTo(new[] { "juliet@example.org" }));
    }

    [Test]
    public async Task Updates_of_one_account_happen_one_after_another()
    {
        var cache = Cache(10);
        var account = Jid.Parse("juliet@example.org");
        var updates = Enumerable.Range(0, 50).Select(_ => cache.UpdateAsync(account, async value =>
        {
            await Task.Yield();
            return (value + "+", value.Length);
        }).AsTask());
        var lengths = await Task.WhenAll(updates);
        Assert.That(lengths.Order(), Is.EqualTo(Enumerable.Range("juliet@example.org".Length, 50)));
        Assert.That(await cache.GetAsync(account), Is.EqualTo("juliet@example.org" + new string('+', 50)));
    }

    [Test]
    public async Task Failed_update_leaves_the_old_value()
    {
        var cache = Cache(10);
        var account = Jid.Parse("juliet@example.org");
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await cache.UpdateAsync<int>(account, _ => throw new InvalidOperationException()));
        Assert.That(await cache.GetAsync(account), Is.EqualTo("juliet@example.org"));
    }

    [Test]
    public async Task Accounts_not_asked_for_go_first()
    {
        var cache = Cache(3);
        foreach (var name in new[] { "a", "b", "c" }) await cache.GetAsync(Jid.Parse($"{name}@example.org"));
        await cache.GetAsync(Jid.Parse("a@example.org"));
        await cache.GetAsync(Jid.Parse("d@example.org"));
        Assert.That(cache.Count, Is.EqualTo(3));
        _loads.Clear();
        await cache.GetAsync(Jid.Parse("a@example.org"));
        await cache.GetAsync(Jid.Parse("b@example.org"));
        Assert.That(_loads, Is.EqualTo(new[] { "b@example.org" }));
    }

    private AccountCache<string> Cache(int capacity) => new(capacity, (account, _) =>
    {
        _loads.Add(account.ToString());
        return ValueTask.FromResult(account.ToString());
    });
}
