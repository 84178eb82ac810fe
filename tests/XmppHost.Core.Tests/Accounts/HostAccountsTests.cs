using System.Net;
using XmppHost.Addressing;
using XmppHost.Core.Accounts;
using XmppHost.Core.Sessions;
using XmppHost.Core.Tests.Support;
using XmppHost.Core.VHosts;
using XmppHost.Hosting;
using XmppHost.Xml;

namespace XmppHost.Core.Tests.Accounts;

internal sealed class HostAccountsTests
{
    private static readonly Jid Juliet = Jid.Parse("juliet@capulet.example");

    private readonly AuthOptions _options = new() { ScramIterations = 4096 };
    private MemoryAccountStore _store = null!;
    private RecordingOwner _owner = null!;
    private HostAccounts _accounts = null!;

    [SetUp]
    public void SetUp()
    {
        _store = new MemoryAccountStore();
        _owner = new RecordingOwner(_store);
        _accounts = new HostAccounts(new TestHost("capulet.example"), _store, () => [_owner], new SessionTable(), _options, new ManualTime());
    }

    [Test]
    public async Task Account_is_created_under_its_prepared_name_with_keys_and_no_password()
    {
        Assert.That(await _accounts.CreateAsync("Juliet", "secret"), Is.EqualTo(AccountOutcome.Done));

        var stored = await _store.FindAsync(Juliet, default);
        Assert.That(stored!.Credentials.Select(c => (c.Mechanism, c.Iterations)), Is.EquivalentTo(new[] { ("SCRAM-SHA-1", 4096), ("SCRAM-SHA-256", 4096), ("SCRAM-SHA-512", 4096) }));
        Assert.That(await _accounts.ExistsAsync(Jid.Parse("juliet@capulet.example/balcony")), Is.True);
        Assert.That(await _accounts.ListAsync(), Is.EqualTo(new[] { Juliet }));
    }

    [TestCase("juliet", "other", AccountOutcome.AlreadyExists)]
    [TestCase("JULIET", "other", AccountOutcome.AlreadyExists)]
    [TestCase("jul iet", "secret", AccountOutcome.BadName)]
    [TestCase("", "secret", AccountOutcome.BadName)]
    [TestCase("romeo", "", AccountOutcome.BadPassword)]
    [TestCase("romeo", "bell\u0007", AccountOutcome.BadPassword)]
    public async Task Creation_is_refused(string name, string password, AccountOutcome outcome)
    {
        await _accounts.CreateAsync("juliet", "secret");

        Assert.That(await _accounts.CreateAsync(name, password), Is.EqualTo(outcome));
        Assert.That(await _accounts.ListAsync(), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task New_password_replaces_all_keys()
    {
        await _accounts.CreateAsync("juliet", "secret");
        var before = (await _store.FindAsync(Juliet, default))!.Credentials;

        Assert.That(await _accounts.SetPasswordAsync(Juliet, "changed"), Is.EqualTo(AccountOutcome.Done));

        var after = (await _store.FindAsync(Juliet, default))!.Credentials;
        Assert.That(after.Select(c => Convert.ToHexString(c.StoredKey)), Is.All.Not.AnyOf(before.Select(c => Convert.ToHexString(c.StoredKey)).ToArray()));
        Assert.That(await _accounts.SetPasswordAsync(Juliet, ""), Is.EqualTo(AccountOutcome.BadPassword));
        Assert.That(await _accounts.SetPasswordAsync(Jid.Parse("romeo@capulet.example"), "x"), Is.EqualTo(AccountOutcome.NotFound));
        Assert.That(await _accounts.SetPasswordAsync(Jid.Parse("juliet@montague.example"), "x"), Is.EqualTo(AccountOutcome.NotFound));
    }

    [Test]
    public async Task Deletion_erases_while_the_account_still_exists_and_happens_once()
    {
        await _accounts.CreateAsync("juliet", "secret");

        Assert.That(await _accounts.DeleteAsync(Jid.Parse("juliet@capulet.example/balcony")), Is.EqualTo(AccountOutcome.Done));
        Assert.That(_owner.Erased, Is.EqualTo(new[] { (Juliet, true) }));
        Assert.That(await _accounts.ExistsAsync(Juliet), Is.False);
        Assert.That(await _accounts.DeleteAsync(Juliet), Is.EqualTo(AccountOutcome.NotFound));
        Assert.That(_owner.Erased, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Host_and_foreign_addresses_are_no_accounts()
    {
        Assert.That(await _accounts.ExistsAsync(Jid.Parse("capulet.example")), Is.False);
        Assert.That(await _accounts.DeleteAsync(Jid.Parse("capulet.example")), Is.EqualTo(AccountOutcome.NotFound));
    }

    private sealed class RecordingOwner(MemoryAccountStore store) : IAccountDataOwner
    {
        internal List<(Jid Account, bool Existed)> Erased { get; } = [];

        public string DataName => "test";

        public IAsyncEnumerable<XmppElement> ExportAsync(Jid account, CancellationToken ct) => AsyncEnumerable.Empty<XmppElement>();

        public async ValueTask EraseAsync(Jid account, CancellationToken ct) => Erased.Add((account, await store.FindAsync(account, ct) is not null));
    }
}
