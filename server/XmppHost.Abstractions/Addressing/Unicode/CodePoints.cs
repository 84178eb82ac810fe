using System.Globalization;
using System.Text;

namespace XmppHost.Addressing.Unicode;

/// <summary>Strings as lists of code points, and the mappings of RFC 8264 section 5.2 on them.</summary>
internal static class CodePoints
{
    /// <summary>Null where the string has a lone surrogate.</summary>
    internal static List<int>? Of(ReadOnlySpan<char> text)
    {
        var codePoints = new List<int>(text.Length);
        while (!text.IsEmpty)
        {
            if (Rune.DecodeFromUtf16(text, out var rune, out var consumed) != System.Buffers.OperationStatus.Done) return null;
            codePoints.Add(rune.Value);
            text = text[consumed..];
        }

        return codePoints;
    }

    internal static string ToString(List<int> codePoints)
    {
        var text = new StringBuilder(codePoints.Count);
        foreach (var codePoint in codePoints) text.Append(new Rune(codePoint));
        return text.ToString();
    }

    internal static void MapWidth(List<int> text)
    {
        for (var i = 0; i < text.Count; i++) text[i] = UnicodeTable.Instance.MapWidth(text[i]);
    }

    /// <summary>Unicode's toLowerCase without its one contextual rule (the final sigma), which would make parts depend on their neighbours.</summary>
    internal static List<int> ToLower(List<int> text)
    {
        var lower = new List<int>(text.Count);
        foreach (var codePoint in text)
        {
            if (codePoint == 0x130) lower.AddRange(['i', 0x307]);   // the one unconditional mapping to two (SpecialCasing.txt)
            else lower.Add(Rune.ToLowerInvariant(new Rune(codePoint)).Value);
        }

        return lower;
    }

    internal static bool IsSpace(int codePoint) => Rune.GetUnicodeCategory(new Rune(codePoint)) == UnicodeCategory.SpaceSeparator;
}
