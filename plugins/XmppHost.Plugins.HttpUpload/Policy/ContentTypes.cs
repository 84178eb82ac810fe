namespace XmppHost.Plugins.HttpUpload.Policy;

/// <summary>Which content types may be uploaded: none of the denied, and where any are allowed by name, only those.</summary>
internal sealed class ContentTypes(IReadOnlyList<string> allowed, IReadOnlyList<string> denied)
{
    private const int MaxLength = 255;

    internal static bool IsOne(string type) => type.Length <= MaxLength && !type.AsSpan().ContainsAnyExceptInRange(' ', '~');

    /// <summary>A list that is kept cannot do with a client that does not say.</summary>
    internal bool MustBeGiven => allowed.Count + denied.Count > 0;

    internal bool Allows(string type)
    {
        var parameters = type.IndexOf(';', StringComparison.Ordinal);
        var essence = (parameters < 0 ? type : type[..parameters]).AsSpan().Trim();
        return !Matches(denied, essence) && (allowed.Count == 0 || Matches(allowed, essence));
    }

    private static bool Matches(IReadOnlyList<string> patterns, ReadOnlySpan<char> type)
    {
        foreach (var pattern in patterns)
        {
            if (pattern.EndsWith("/*", StringComparison.Ordinal) ? type.StartsWith(pattern.AsSpan(..^1), StringComparison.OrdinalIgnoreCase) : type.Equals(pattern, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }
}
