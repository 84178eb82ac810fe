namespace XmppHost.Addressing;

/// <summary>
/// Lets the JIDs of one domain share one string. Lossy and of fixed size: an entry is simply overwritten, a race costs a second copy,
/// and nothing but memory depends on it.
/// </summary>
internal static class DomainCache
{
    private const int Size = 256;

    private static readonly string?[] Entries = new string?[Size];

    internal static string Share(ReadOnlySpan<char> domain)
    {
        ref var entry = ref Entries[(uint)string.GetHashCode(domain) % Size];
        if (entry is { } known && domain.SequenceEqual(known)) return known;
        return entry = domain.ToString();
    }
}
