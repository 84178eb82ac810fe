using Npgsql;

namespace XmppHost.Testing.Services;

/// <summary>A PostgreSQL server on loopback and on a Unix socket, with trust authentication and without fsync.</summary>
public sealed class PostgreSqlServer : IAsyncDisposable
{
    private static readonly Lazy<Task<PostgreSqlServer>> Instance = new(StartAsync);

    private readonly ServiceScript _script;

    private PostgreSqlServer(ServiceScript script) => _script = script;

    public int Port => _script.Port;

    /// <summary>The folder of the Unix socket: what Npgsql takes as Host.</summary>
    public string SocketFolder => _script["socket"];

    /// <summary>Of the superuser's database, over TCP.</summary>
    public string ConnectionString => ConnectionTo(_script["database"]);

    /// <summary>The one of this test process; it ends with the process.</summary>
    public static Task<PostgreSqlServer> SharedAsync() => Instance.Value;

    public static async Task<PostgreSqlServer> StartAsync() => new(await ServiceScript.StartAsync("postgresql"));

    /// <summary>The connection string of a new empty database.</summary>
    public async Task<string> CreateDatabaseAsync()
    {
        var name = "t" + Guid.NewGuid().ToString("N");
        await using var source = NpgsqlDataSource.Create(ConnectionString);
        await using var command = source.CreateCommand($"CREATE DATABASE {name}");
        await command.ExecuteNonQueryAsync();
        return ConnectionTo(name);
    }

    public ValueTask DisposeAsync() => _script.DisposeAsync();

    private string ConnectionTo(string database) =>
        new NpgsqlConnectionStringBuilder { Host = "127.0.0.1", Port = Port, Username = _script["user"], Database = database }.ConnectionString;
}
