using System.Globalization;

namespace XmppHost.Addressing.Unicode;

internal enum JoiningType : byte { NonJoining, Left, Right, Dual, Transparent }

/// <summary>The scripts that a contextual rule asks for (RFC 5892 appendix A).</summary>
internal enum RuleScript : byte { Other, Greek, Hebrew, KanaOrHan }

/// <summary>What <c>unicode.bin</c> says of one code point.</summary>
internal readonly record struct CodePoint(UnicodeCategory Category, byte CombiningClass, BidiClass Bidi, byte Flags)
{
    private const byte Virama = 9;

    /// <summary>Its NFKC form is another string.</summary>
    internal bool HasCompat => (Flags & 1) != 0;

    /// <summary>Default_Ignorable_Code_Point or Noncharacter_Code_Point.</summary>
    internal bool IsIgnorable => (Flags & 2) != 0;

    /// <summary>A conjoining jamo, old or new.</summary>
    internal bool IsJamo => (Flags & 4) != 0;

    internal JoiningType Joining => (JoiningType)((Flags >> 3) & 7);

    internal RuleScript Script => (RuleScript)(Flags >> 6);

    internal bool IsVirama => CombiningClass == Virama;

    internal bool IsMark => Category is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark;

    internal bool IsRightToLeft => Bidi is BidiClass.R or BidiClass.AL or BidiClass.AN;
}
