using System.Reflection;

namespace XmppHost.Storage.Sql.Dialects;

/// <summary>
/// Brings a schema up to date with the scripts <c>Migrations/NNNN.DIALECT.sql</c>. To be called inside a transaction that keeps other processes out.
/// </summary>
internal static class Migrator
{
    internal static void Run(ISqlSession session, string dialect, TimeProvider clock)
    {
        session.ExecuteScript("CREATE TABLE IF NOT EXISTS schema_version (version BIGINT NOT NULL PRIMARY KEY, applied BIGINT NOT NULL)");
        var scripts = Scripts(dialect);
        var current = CurrentVersion(session);
        if (current > scripts.Count) throw TooNew(current, scripts.Count);
        for (var version = current + 1; version <= scripts.Count; version++)
        {
            session.ExecuteScript(Read(scripts[version - 1]));
            session.Execute("INSERT INTO schema_version (version, applied) VALUES ($1, $2)", (long)version, Micros.From(clock.GetUtcNow()));
        }
    }

    /// <summary>The schema's version; the table must be there.</summary>
    internal static int CurrentVersion(ISqlSession session) => (int)session.Query("SELECT coalesce(max(version), 0) FROM schema_version", row => row.Int64(0))[0];

    /// <summary>The newest version that this program knows.</summary>
    internal static int NewestVersion(string dialect) => Scripts(dialect).Count;

    internal static StorageException TooNew(int current, int known) =>
        new($"the database has schema version {current}, and this version of xmpphost knows versions up to {known}: run the newer xmpphost that wrote it");

    private static List<string> Scripts(string dialect)
    {
        var scripts = Assembly.GetExecutingAssembly().GetManifestResourceNames()
            .Where(name => name.EndsWith($".{dialect}.sql", StringComparison.Ordinal)).Order(StringComparer.Ordinal).ToList();
        for (var i = 0; i < scripts.Count; i++)
        {
            if (!scripts[i].Contains($".{i + 1:0000}.", StringComparison.Ordinal))
                throw new InvalidOperationException($"migration {i + 1} of {dialect} is missing before {scripts[i]}");
        }

        return scripts;
    }

    private static string Read(string script)
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream(script)!);
        return reader.ReadToEnd();
    }
}
