namespace XmppHost.Addressing.Unicode;

/// <summary>Normalization Form C (Unicode Standard Annex 15).</summary>
internal static class Normalizer
{
    private const int SBase = 0xAC00, LBase = 0x1100, VBase = 0x1161, TBase = 0x11A7;
    private const int LCount = 19, VCount = 21, TCount = 28, SCount = LCount * VCount * TCount;

    internal static List<int> ToFormC(List<int> text)
    {
        var decomposed = new List<int>(text.Count + 8);
        foreach (var codePoint in text) Decompose(codePoint, decomposed);
        Order(decomposed);
        return Compose(decomposed);
    }

    private static void Decompose(int codePoint, List<int> output)
    {
        if (codePoint - SBase is >= 0 and < SCount and var syllable)
        {
            output.Add(LBase + syllable / (VCount * TCount));
            output.Add(VBase + syllable % (VCount * TCount) / TCount);
            if (syllable % TCount > 0) output.Add(TBase + syllable % TCount);
        }
        else if (UnicodeTable.Instance.TryDecompose(codePoint, out var parts))
        {
            Decompose(parts.First, output);
            if (parts.Second != 0) Decompose(parts.Second, output);
        }
        else
        {
            output.Add(codePoint);
        }
    }

    /// <summary>Sorts each run of marks by combining class, stably.</summary>
    private static void Order(List<int> text)
    {
        for (var i = 1; i < text.Count; i++)
        {
            var (codePoint, rank) = (text[i], ClassOf(text[i]));
            var to = i;
            for (; rank > 0 && to > 0 && ClassOf(text[to - 1]) > rank; to--) text[to] = text[to - 1];
            text[to] = codePoint;
        }
    }

    private static List<int> Compose(List<int> text)
    {
        var output = new List<int>(text.Count);
        var starter = -1;
        var lastClass = -1;
        foreach (var codePoint in text)
        {
            var rank = ClassOf(codePoint);
            // D115: blocked when something of the same or a higher class, or another starter, stands between.
            var adjacent = starter == output.Count - 1;
            if (starter >= 0 && (adjacent || (lastClass < rank && lastClass != 0)) && TryCompose(output[starter], codePoint, out var composed))
            {
                output[starter] = composed;
                continue;
            }

            if (rank == 0) starter = output.Count;
            lastClass = rank;
            output.Add(codePoint);
        }

        return output;
    }

    private static bool TryCompose(int first, int second, out int composed)
    {
        if (first - LBase is >= 0 and < LCount and var l && second - VBase is >= 0 and < VCount and var v)
        {
            composed = SBase + (l * VCount + v) * TCount;
            return true;
        }

        if (first - SBase is >= 0 and < SCount and var s && s % TCount == 0 && second - TBase is > 0 and < TCount and var t)
        {
            composed = first + t;
            return true;
        }

        return UnicodeTable.Instance.TryCompose(first, second, out composed);
    }

    private static int ClassOf(int codePoint) => codePoint < 0x300 ? 0 : UnicodeTable.Instance[codePoint].CombiningClass;
}
