using System.Runtime.InteropServices;
using SQLitePCL;

namespace XmppHost.Storage.Sql.Dialects.Sqlite;

/// <summary>Chooses the native library once per process: the system's where there is one, which gets the distribution's security updates, else the one that came with us.</summary>
internal static class SqliteLibrary
{
    // Upsert in the form used here, and partial indexes: 2020. Every supported distribution is past it.
    private const int OldestVersion = 3_031_000;

    private static readonly Lazy<string> Loaded = new(Load);

    /// <summary>Loads it if that has not happened yet, and returns its version.</summary>
    internal static string Version => Loaded.Value;

    private static string Load()
    {
        if (OperatingSystem.IsLinux() && FindSystemLibrary() is var system and not 0)
        {
            NativeLibrary.SetDllImportResolver(typeof(SQLite3Provider_e_sqlite3).Assembly, (name, _, _) => name == "e_sqlite3" ? system : 0);
        }

        raw.SetProvider(new SQLite3Provider_e_sqlite3());
        return raw.sqlite3_libversion().utf8_to_string();
    }

    private static unsafe nint FindSystemLibrary()
    {
        if (!NativeLibrary.TryLoad("libsqlite3.so.0", out var library)) return 0;
        if (NativeLibrary.TryGetExport(library, "sqlite3_libversion_number", out var version) && ((delegate* unmanaged<int>)version)() >= OldestVersion) return library;
        NativeLibrary.Free(library);
        return 0;
    }
}
