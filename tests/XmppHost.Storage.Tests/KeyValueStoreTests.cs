namespace XmppHost.Storage.Tests;

[TestFixture(Database.Sqlite)]
[TestFixture(Database.PostgreSql)]
public sealed class KeyValueStoreTests(Database database) : StorageTest(database)
{
    private const string Owner = "juliet@capulet.example", Space = "roster";

    private IKeyValueStore Values => Storage.Values;

    [TestCase("")]
    [TestCase("plain")]
    [TestCase("ünïcödé ✓ 𝔘 \r\n\t <&>'\"")]
    public async Task A_value_is_read_back_as_it_was_also_after_a_restart(string text)
    {
        await WriteAsync(("k" + text, text));
        await ReopenAsync();
        Assert.That(await Values.GetAsync(Owner, Space, "k" + text, Ct), Is.EqualTo(text));
    }

    [Test]
    public async Task A_value_of_megabytes_is_kept()
    {
        var big = string.Create(5_000_000, 0, (span, _) => { for (var i = 0; i < span.Length; i++) span[i] = (char)('a' + i % 26); });
        await WriteAsync(("big", big));
        Assert.That(await Values.GetAsync(Owner, Space, "big", Ct), Is.EqualTo(big));
    }

    [Test]
    public async Task An_unknown_key_has_no_value()
    {
        await WriteAsync(("k", "v"));
        Assert.That(await Values.GetAsync(Owner, Space, "K", Ct), Is.Null);
        Assert.That(await Values.GetAsync(Owner, "vcard", "k", Ct), Is.Null);
        Assert.That(await Values.GetAsync("romeo@montague.example", Space, "k", Ct), Is.Null);
    }

    [Test]
    public async Task A_later_value_replaces_and_null_deletes()
    {
        await WriteAsync(("a", "1"), ("b", "2"));
        await WriteAsync(("a", "3"), ("b", null), ("unknown", null));
        Assert.That(await ListAsync(), Is.EqualTo(new[] { "a=3" }));
    }

    [Test]
    public async Task Several_changes_of_one_key_apply_in_order()
    {
        await WriteAsync(("a", "1"), ("a", null), ("a", "2"));
        Assert.That(await ListAsync(), Is.EqualTo(new[] { "a=2" }));
    }

    [Test]
    public async Task Entries_are_listed_by_the_bytes_of_their_keys()
    {
        // By UTF-16 the surrogates of the last one would come before U+FF5E.
        await WriteAsync(("b", "1"), ("a", "2"), ("B", "3"), ("é", "4"), ("𝔘", "6"), ("～", "5"), ("a b", "7"), ("a-b", "8"));
        Assert.That(await ListAsync(), Is.EqualTo(new[] { "B=3", "a=2", "a b=7", "a-b=8", "b=1", "é=4", "～=5", "𝔘=6" }));
    }

    [Test]
    public async Task Keys_that_look_alike_are_different()
    {
        await WriteAsync(("é", "composed"), ("e\u0301", "decomposed"), ("straße", "1"), ("strasse", "2"), ("k", "3"), ("k ", "4"));
        Assert.That(await ListAsync(), Has.Length.EqualTo(6));
    }

    [Test]
    public async Task A_space_or_everything_of_an_owner_can_be_erased()
    {
        await WriteAsync(("a", "1"));
        await Values.WriteAsync(Owner, "vcard", [new KeyValueChange("v", "2")], Ct);
        await Values.WriteAsync(Owner, "private", [new KeyValueChange("p", "3")], Ct);
        await Values.WriteAsync("romeo@montague.example", Space, [new KeyValueChange("r", "4")], Ct);

        await Values.EraseAsync(Owner, Space, Ct);
        Assert.That(await ListAsync(), Is.Empty);
        Assert.That(await Values.GetAsync(Owner, "vcard", "v", Ct), Is.EqualTo("2"));

        await Values.EraseAsync(Owner, null, Ct);
        Assert.That(await Values.GetAsync(Owner, "vcard", "v", Ct), Is.Null);
        Assert.That(await Values.GetAsync(Owner, "private", "p", Ct), Is.Null);
        Assert.That(await Values.GetAsync("romeo@montague.example", Space, "r", Ct), Is.EqualTo("4"));
    }

    // As a number: an attribute cannot hold half a surrogate pair either.
    [TestCase(0)]
    [TestCase(0xd83d)]
    [TestCase(0xdc00)]
    public void Text_that_a_database_cannot_keep_is_refused_and_nothing_written(int character)
    {
        var text = $"a{(char)character}b";
        Assert.Multiple(async () =>
        {
            Assert.That(async () => await WriteAsync(("good", "1"), ("bad", text)), Throws.ArgumentException);
            Assert.That(async () => await WriteAsync(("good", "1"), (text, "bad")), Throws.ArgumentException);
            Assert.That(await ListAsync(), Is.Empty);
        });
    }

    [Test]
    public async Task Two_processes_write_at_once()
    {
        var other = await OpenAsync();
        await Task.WhenAll(
            Task.Run(async () => { for (var i = 0; i < 50; i++) await WriteAsync(($"mine{i:00}", "1")); }),
            Task.Run(async () => { for (var i = 0; i < 50; i++) await other.Values.WriteAsync(Owner, Space, [new KeyValueChange($"other{i:00}", "2")], Ct); }));
        Assert.That(await ListAsync(), Has.Length.EqualTo(100));
    }

    private ValueTask WriteAsync(params (string Key, string? Value)[] changes) =>
        Values.WriteAsync(Owner, Space, [.. changes.Select(change => new KeyValueChange(change.Key, change.Value))], Ct);

    private async Task<string[]> ListAsync() => [.. (await Values.ListAsync(Owner, Space, Ct)).Select(entry => $"{entry.Key}={entry.Value}")];
}
