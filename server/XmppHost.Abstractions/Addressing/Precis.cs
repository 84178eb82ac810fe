using System.Text;
using XmppHost.Addressing.Unicode;

namespace XmppHost.Addressing;

/// <summary>
/// The two PRECIS profiles that XMPP uses (RFC 8265). Each gives the prepared string, or null where the input is not allowed. A string that is
/// prepared already comes back as the same object.
/// </summary>
internal static class Precis
{
    // RFC 8264 section 7: a profile need not be idempotent on a first pass; what is not stable after a few is refused.
    private const int MaxPasses = 4;

    /// <summary>For usernames and localparts (RFC 8265 section 3.3).</summary>
    internal static string? UsernameCaseMapped(string text)
    {
        if (text.Length == 0) return null;
        return Ascii.IsValid(text) ? AsciiUsername(text) : UntilStable(text, EnforceUsername);
    }

    /// <summary>For passwords and resourceparts (RFC 8265 section 4.2): case and width stay as they are.</summary>
    internal static string? OpaqueString(string text)
    {
        if (text.Length == 0) return null;
        return text.AsSpan().IndexOfAnyExceptInRange(' ', '~') < 0 ? text : UntilStable(text, EnforceOpaque);
    }

    private static string? AsciiUsername(string text) =>
        text.AsSpan().IndexOfAnyExceptInRange('!', '~') >= 0 ? null : text.AsSpan().ContainsAnyInRange('A', 'Z') ? text.ToLowerInvariant() : text;

    // RFC 8264 section 7: what is allowed is decided last. RFC 8265 section 3.3.2 would look before the case is mapped and the text composed as well, but then no titlecase
    // letter could ever be mapped, and Hangul typed as jamo would be refused; other implementations do not.
    private static List<int>? EnforceUsername(List<int> text)
    {
        CodePoints.MapWidth(text);
        text = Normalizer.ToFormC(CodePoints.ToLower(text));
        if (BidiRule.IsRightToLeft(text) && !BidiRule.IsSatisfiedBy(text)) return null;
        return text.TrueForAll(IsIdentifier) && AreContextsRight(text) ? text : null;
    }

    private static List<int>? EnforceOpaque(List<int> text)
    {
        for (var i = 0; i < text.Count; i++)
            if (CodePoints.IsSpace(text[i]))
                text[i] = ' ';
        text = Normalizer.ToFormC(text);
        return text.TrueForAll(IsFreeform) && AreContextsRight(text) ? text : null;
    }

    internal static bool IsIdentifier(int codePoint) =>
        PrecisClass.Of(codePoint) is PrecisProperty.Valid or PrecisProperty.ContextJ or PrecisProperty.ContextO;

    internal static bool AreContextsRight(List<int> text)
    {
        for (var i = 0; i < text.Count; i++)
            if (PrecisClass.Of(text[i]) is PrecisProperty.ContextJ or PrecisProperty.ContextO && !ContextRules.Allow(text, i))
                return false;
        return true;
    }

    private static bool IsFreeform(int codePoint) => PrecisClass.Of(codePoint) is not (PrecisProperty.Disallowed or PrecisProperty.Unassigned);

    private static string? UntilStable(string text, Func<List<int>, List<int>?> enforce)
    {
        for (var pass = 0; pass < MaxPasses; pass++)
        {
            if (CodePoints.Of(text) is not { } input || enforce(input) is not { } output) return null;
            var prepared = CodePoints.ToString(output);
            if (prepared == text) return text;
            text = prepared;
        }

        return null;
    }
}
