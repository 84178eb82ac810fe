using XmppHost.Addressing;

namespace XmppHost.Storage.Tests;

[TestFixture(Database.Sqlite)]
[TestFixture(Database.PostgreSql)]
public sealed class AccountStoreTests(Database database) : StorageTest(database)
{
    private static readonly DateTimeOffset Created = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private static readonly ScramCredential Sha256 = new("SCRAM-SHA-256", [0, 1, 255], 4096, [2, 3], [4, 5]);
    private static readonly ScramCredential Sha1 = new("SCRAM-SHA-1", [6], 10000, [7], [8]);

    private IAccountStore Accounts => Storage.Accounts;

    [Test]
    public async Task A_created_account_is_found_as_it_was_also_after_a_restart()
    {
        Assert.That(await Accounts.TryCreateAsync(new StoredAccount(Juliet, [Sha256, Sha1], Created), Ct), Is.True);
        await ReopenAsync();
        await AssertIs(Juliet, Created, Sha256, Sha1);
    }

    [Test]
    public async Task An_unknown_account_is_not_found()
    {
        await Accounts.TryCreateAsync(new StoredAccount(Juliet, [Sha256], Created), Ct);
        Assert.That(await Accounts.FindAsync(Romeo, Ct), Is.Null);
        Assert.That(await Accounts.FindAsync(Juliet.Host, Ct), Is.Null);
        Assert.That(await Accounts.FindAsync(Jid.Parse("juliet@montague.example"), Ct), Is.Null);
    }

    [Test]
    public async Task An_account_that_exists_is_not_created_again()
    {
        await Accounts.TryCreateAsync(new StoredAccount(Juliet, [Sha256], Created), Ct);
        Assert.That(await Accounts.TryCreateAsync(new StoredAccount(Juliet, [Sha1], Created.AddDays(1)), Ct), Is.False);
        await AssertIs(Juliet, Created, Sha256);
    }

    [Test]
    public async Task Of_two_processes_that_create_one_account_one_succeeds()
    {
        var other = await OpenAsync();
        for (var i = 0; i < 20; i++)
        {
            var jid = Jid.Parse($"user{i}@capulet.example");
            var account = new StoredAccount(jid, [Sha256], Created);
            var both = await Task.WhenAll(Task.Run(async () => await Accounts.TryCreateAsync(account, Ct)), Task.Run(async () => await other.Accounts.TryCreateAsync(account, Ct)));
            Assert.That(both.Count(created => created), Is.EqualTo(1));
            await AssertIs(jid, Created, Sha256);
        }
    }

    [Test]
    public async Task Credentials_are_replaced_as_a_whole()
    {
        await Accounts.TryCreateAsync(new StoredAccount(Juliet, [Sha256, Sha1], Created), Ct);
        Assert.That(await Accounts.TryReplaceCredentialsAsync(Juliet, [Sha1 with { Iterations = 1 }], Ct), Is.True);
        await AssertIs(Juliet, Created, Sha1 with { Iterations = 1 });
        Assert.That(await Accounts.TryReplaceCredentialsAsync(Romeo, [Sha1], Ct), Is.False);
        Assert.That(await Accounts.FindAsync(Romeo, Ct), Is.Null);
    }

    [Test]
    public async Task A_deleted_account_takes_its_messages_along()
    {
        await Accounts.TryCreateAsync(new StoredAccount(Juliet, [Sha256], Created), Ct);
        await Accounts.TryCreateAsync(new StoredAccount(Romeo, [Sha1], Created), Ct);
        var stream = Stream(Juliet);
        _ = Log.SaveStream(stream);
        _ = Log.Append([Row(Juliet, "1"), Row(Juliet, "2", stream.Key, 1), Row(Romeo, "3")]);
        Assert.That(await Accounts.DeleteAsync(Juliet, Ct), Is.True);
        Assert.That(await Accounts.DeleteAsync(Juliet, Ct), Is.False);
        Assert.That(await Accounts.FindAsync(Juliet, Ct), Is.Null);
        Assert.That(await OfflineAsync(Juliet), Is.Empty);
        Assert.That(await OfStreamAsync(stream.Key), Is.Empty);
        Assert.That(await Log.LoadStreamsAsync(Ct), Is.Empty);
        Assert.That(await OfflineAsync(Romeo), Is.EqualTo(new[] { "3" }));
        await AssertIs(Romeo, Created, Sha1);
    }

    [Test]
    public async Task An_account_created_again_has_no_old_credentials()
    {
        await Accounts.TryCreateAsync(new StoredAccount(Juliet, [Sha256], Created), Ct);
        await Accounts.DeleteAsync(Juliet, Ct);
        await Accounts.TryCreateAsync(new StoredAccount(Juliet, [Sha1], Created), Ct);
        await AssertIs(Juliet, Created, Sha1);
    }

    [Test]
    public async Task An_account_without_credentials_is_one()
    {
        await Accounts.TryCreateAsync(new StoredAccount(Juliet, [], Created), Ct);
        await AssertIs(Juliet, Created);
    }

    [Test]
    public async Task Accounts_of_one_host_are_listed_in_order()
    {
        foreach (var name in new[] { "zoë", "nurse", "émile", "juliet" })
            await Accounts.TryCreateAsync(new StoredAccount(Jid.Parse($"{name}@capulet.example"), [Sha1], Created), Ct);
        await Accounts.TryCreateAsync(new StoredAccount(Romeo, [Sha1], Created), Ct);
        var list = await Accounts.ListAsync("capulet.example", Ct);
        Assert.That(list.Select(jid => jid.ToString()), Is.EqualTo(new[] { "juliet@capulet.example", "nurse@capulet.example", "zoë@capulet.example", "émile@capulet.example" }));
    }

    private async Task AssertIs(Jid jid, DateTimeOffset created, params ScramCredential[] credentials)
    {
        var account = await Accounts.FindAsync(jid, Ct);
        Assert.That(account, Is.Not.Null);
        Assert.Multiple(() =>
        {
            Assert.That(account!.Jid, Is.EqualTo(jid));
            Assert.That(account.Created, Is.EqualTo(created));
            Assert.That(account.Credentials.Select(Show), Is.EqualTo(credentials.Select(Show)));
        });
    }

    private static string Show(ScramCredential c) => $"{c.Mechanism} {c.Iterations} {Convert.ToHexString(c.Salt)} {Convert.ToHexString(c.StoredKey)} {Convert.ToHexString(c.ServerKey)}";
}
