using Microsoft.Extensions.Logging.Abstractions;
using XmppHost.Addressing;
using XmppHost.Plugins;
using XmppHost.Storage.Sql;
using XmppHost.Testing;
using XmppHost.Testing.Services;

namespace XmppHost.Storage.Tests;

/// <summary>A fixture that runs on each database, with an empty one for every test.</summary>
public abstract class StorageTest(Database database)
{
    protected static readonly CancellationToken Ct = CancellationToken.None;
    protected static readonly Jid Juliet = Jid.Parse("juliet@capulet.example");
    protected static readonly Jid Romeo = Jid.Parse("romeo@montague.example");

    private readonly List<SqlStorage> _opened = [];
    private TempFolder? _folder;

    protected StorageOptions Options { get; set; } = new();

    protected string Folder => _folder!.Path;

    protected SqlStorage Storage { get; set; } = null!;

    protected IMessageLog Log => Storage.Log;

    [SetUp]
    public async Task OpenEmptyDatabase()
    {
        _folder = new TempFolder("storage");
        Options = database == Database.Sqlite
            ? new StorageOptions()
            : new StorageOptions(StorageProvider.PostgreSql, new Secret(await (await PostgreSqlServer.SharedAsync()).CreateDatabaseAsync()));
        Storage = await OpenAsync();
    }

    [TearDown]
    public async Task Close()
    {
        foreach (var storage in _opened) await storage.DisposeAsync();
        _opened.Clear();
        _folder?.Dispose();
    }

    /// <summary>One more storage on the same database, as another process would have it.</summary>
    protected async Task<SqlStorage> OpenAsync(TimeProvider? clock = null)
    {
        var storage = SqlStorage.Create(Options, Folder, clock ?? TimeProvider.System, NullLoggerFactory.Instance);
        _opened.Add(storage);
        await storage.OpenAsync(Ct);
        return storage;
    }

    protected async Task ReopenAsync(TimeProvider? clock = null)
    {
        await Storage.DisposeAsync();
        Storage = await OpenAsync(clock);
    }

    protected LogRow Row(Jid account, string text, long? stream = null, ulong sequence = 0, bool copy = false) =>
        new(Log.NextId(), account, new DateTimeOffset(2026, 2, 3, 4, 5, 6, 789, TimeSpan.Zero), System.Text.Encoding.UTF8.GetBytes(text), stream, sequence, copy);

    protected StreamRecord Stream(Jid account, uint handled = 0, string state = "") =>
        new(Log.NextId(), account.WithResource("balcony")!, "token", handled, TimeSpan.FromMinutes(5), state);

    protected async Task<string[]> OfflineAsync(Jid account) => Texts(await Log.ReadOfflineAsync(account, 0, 1000, Ct));

    protected async Task<string[]> OfStreamAsync(long stream) => Texts(await Log.ReadStreamAsync(stream, Ct));

    private static string[] Texts(IReadOnlyList<LogRow> rows) => [.. rows.Select(row => System.Text.Encoding.UTF8.GetString(row.Stanza.Span))];
}
