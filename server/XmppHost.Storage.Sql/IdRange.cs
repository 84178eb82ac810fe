namespace XmppHost.Storage.Sql;

/// <summary>Which ids this process gives out: those above <paramref name="Floor"/> that leave <paramref name="Slot"/> when divided by <paramref name="Slots"/>.</summary>
internal readonly record struct IdRange(long Floor, int Slot, int Slots)
{
    /// <summary>For a database that only one server uses.</summary>
    internal static IdRange Above(long floor) => new(floor, 0, 1);
}
