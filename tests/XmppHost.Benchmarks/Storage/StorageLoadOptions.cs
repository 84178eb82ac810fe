namespace XmppHost.Benchmarks.Storage;

/// <param name="RemoveAfter">Milliseconds after which a row is removed: 0 at once, null never.</param>
/// <param name="Preload">Rows that lie in the log before the measurement.</param>
internal sealed record StorageLoadOptions(string Data, string? ConnectionString, int Rate, double Seconds, int? RemoveAfter, int Accounts, int StanzaBytes, int Preload, double? Window, bool Counts);
