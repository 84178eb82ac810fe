using XmppHost.Addressing.Unicode;

namespace XmppHost.Addressing;

/// <summary>The Bidi Rule of RFC 5893 section 2.</summary>
internal static class BidiRule
{
    /// <summary>A string with such a code point must satisfy the rule, and so must every label beside it.</summary>
    internal static bool IsRightToLeft(List<int> text) => text.Exists(c => c >= 0x0590 && UnicodeTable.Instance[c].IsRightToLeft);

    internal static bool IsSatisfiedBy(List<int> text) => ClassOf(text[0]) switch
    {
        BidiClass.R or BidiClass.AL => IsRightToLeftLabel(text),
        BidiClass.L => IsLeftToRightLabel(text),
        _ => false,
    };

    // Conditions 2, 3 and 4.
    private static bool IsRightToLeftLabel(List<int> text)
    {
        var (european, arabic) = (false, false);
        foreach (var codePoint in text)
        {
            var bidi = ClassOf(codePoint);
            european |= bidi == BidiClass.EN;
            arabic |= bidi == BidiClass.AN;
            if (bidi is not (BidiClass.R or BidiClass.AL or BidiClass.AN) && !IsNeutral(bidi)) return false;
        }

        return !(european && arabic) && LastStrong(text) is BidiClass.R or BidiClass.AL or BidiClass.EN or BidiClass.AN;
    }

    // Conditions 5 and 6.
    private static bool IsLeftToRightLabel(List<int> text) =>
        text.TrueForAll(c => ClassOf(c) == BidiClass.L || IsNeutral(ClassOf(c))) && LastStrong(text) is BidiClass.L or BidiClass.EN;

    private static bool IsNeutral(BidiClass bidi) =>
        bidi is BidiClass.EN or BidiClass.ES or BidiClass.CS or BidiClass.ET or BidiClass.ON or BidiClass.BN or BidiClass.NSM;

    private static BidiClass LastStrong(List<int> text)
    {
        var last = text.FindLastIndex(c => ClassOf(c) != BidiClass.NSM);
        return last < 0 ? BidiClass.NSM : ClassOf(text[last]);
    }

    private static BidiClass ClassOf(int codePoint) => UnicodeTable.Instance[codePoint].Bidi;
}
