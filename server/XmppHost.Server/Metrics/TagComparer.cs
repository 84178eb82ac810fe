using System.Diagnostics.CodeAnalysis;
using Tag = System.Collections.Generic.KeyValuePair<string, object?>;

namespace XmppHost.Server.Metrics;

/// <summary>Compares sets of tags, in whatever order they come, without copying those of a measurement.</summary>
internal sealed class TagComparer : IEqualityComparer<Tag[]>, IAlternateEqualityComparer<ReadOnlySpan<Tag>, Tag[]>
{
    public bool Equals(Tag[]? x, Tag[]? y) => x is null ? y is null : y is not null && Equals(x.AsSpan(), y);

    public int GetHashCode(Tag[] obj) => GetHashCode(obj.AsSpan());

    public Tag[] Create(ReadOnlySpan<Tag> alternate) => alternate.ToArray();

    public int GetHashCode(ReadOnlySpan<Tag> alternate)
    {
        var hash = 0;
        foreach (var (key, value) in alternate) hash += HashCode.Combine(key, value);
        return hash;
    }

    public bool Equals(ReadOnlySpan<Tag> alternate, [NotNull] Tag[] other)
    {
        if (alternate.Length != other.Length) return false;
        foreach (var tag in alternate)
            if (!Contains(other, tag))
                return false;
        return true;
    }

    private static bool Contains(Tag[] tags, Tag wanted)
    {
        foreach (var (key, value) in tags)
            if (key == wanted.Key && (ReferenceEquals(value, wanted.Value) || Equals(value, wanted.Value)))
                return true;
        return false;
    }
}
