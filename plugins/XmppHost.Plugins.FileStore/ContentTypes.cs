namespace XmppHost.Plugins.FileStore;

internal static class ContentTypes
{
    private const int MaxLength = 255;

    /// <summary>Whether it can be kept and sent again; none is sound.</summary>
    internal static bool IsSound(string? type) => type is null || (type.Length is > 0 and <= MaxLength && !type.AsSpan().ContainsAnyExceptInRange(' ', '~'));

    /// <summary>Whether a type is one of a list, in which <c>image/*</c> stands for all images. Parameters do not matter.</summary>
    internal static bool IsOneOf(string type, IReadOnlyList<string> list)
    {
        var essence = type.AsSpan(0, type.IndexOf(';') is >= 0 and var end ? end : type.Length).Trim();
        foreach (var entry in list)
            if (entry.EndsWith("/*", StringComparison.Ordinal) ? essence.StartsWith(entry.AsSpan(0, entry.Length - 1), StringComparison.OrdinalIgnoreCase) : essence.Equals(entry, StringComparison.OrdinalIgnoreCase))
                return true;
        return false;
    }
}
