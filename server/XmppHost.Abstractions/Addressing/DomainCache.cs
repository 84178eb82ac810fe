namespace XmppHost.Addressing;

/// <summary>
/// Lets the JIDs of one domain share one string, and spares preparing it again. Lossy and of fixed size: an entry is simply overwritten, a race costs a second copy,
/// and nothing but memory depends on it.
/// </summary>
internal static class DomainCache
{
    private const int Size = 256;

    private static readonly string?[] Entries = new string?[Size];

    /// <summary>The shared string of a prepared domain, or null.</summary>
    internal static string? Find(ReadOnlySpan<char> domain) => EntryOf(domain) is { } known && domain.SequenceEqual(known) ? known : null;

    internal static string Add(ReadOnlySpan<char> preparedDomain) => Find(preparedDomain) ?? (EntryOf(preparedDomain) = preparedDomain.ToString());

    private static ref string? EntryOf(ReadOnlySpan<char> domain) => ref Entries[(uint)string.GetHashCode(domain) % Size];
}
