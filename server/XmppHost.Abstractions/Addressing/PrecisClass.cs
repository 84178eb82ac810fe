using System.Globalization;
using XmppHost.Addressing.Unicode;

namespace XmppHost.Addressing;

/// <summary>The derived property of a code point (RFC 8264 section 8).</summary>
internal enum PrecisProperty
{
    /// <summary>PVALID: in both string classes.</summary>
    Valid,

    /// <summary>FREE_PVAL: in the FreeformClass only.</summary>
    FreeformOnly,

    ContextJ,
    ContextO,
    Disallowed,
    Unassigned,
}

/// <summary>RFC 8264 sections 8 and 9.</summary>
internal static class PrecisClass
{
    internal static PrecisProperty Of(int codePoint)
    {
        if (codePoint is >= 0x21 and <= 0x7E) return PrecisProperty.Valid;
        if (Exception(codePoint) is { } exception) return exception;
        var properties = UnicodeTable.Instance[codePoint];
        if (properties.Category == UnicodeCategory.OtherNotAssigned && !properties.IsIgnorable) return PrecisProperty.Unassigned;
        if (codePoint is 0x200C or 0x200D) return PrecisProperty.ContextJ;
        if (properties.IsJamo || properties.IsIgnorable || properties.Category == UnicodeCategory.Control) return PrecisProperty.Disallowed;
        return properties.HasCompat ? PrecisProperty.FreeformOnly : OfCategory(properties.Category);
    }

    private static PrecisProperty OfCategory(UnicodeCategory category) => category switch
    {
        // LetterDigits (section 9.1)
        UnicodeCategory.LowercaseLetter or UnicodeCategory.UppercaseLetter or UnicodeCategory.OtherLetter or UnicodeCategory.DecimalDigitNumber
            or UnicodeCategory.ModifierLetter or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark => PrecisProperty.Valid,

        UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Format or UnicodeCategory.Surrogate
            or UnicodeCategory.PrivateUse or UnicodeCategory.Control or UnicodeCategory.OtherNotAssigned => PrecisProperty.Disallowed,

        // OtherLetterDigits, Spaces, Symbols, Punctuation (sections 9.18, 9.14 to 9.16)
        _ => PrecisProperty.FreeformOnly,
    };

    // RFC 5892 section 2.6.
    private static PrecisProperty? Exception(int codePoint) => codePoint switch
    {
        0x00DF or 0x03C2 or 0x06FD or 0x06FE or 0x0F0B or 0x3007 => PrecisProperty.Valid,
        0x00B7 or 0x0375 or 0x05F3 or 0x05F4 or 0x30FB or (>= 0x0660 and <= 0x0669) or (>= 0x06F0 and <= 0x06F9) => PrecisProperty.ContextO,
        0x0640 or 0x07FA or 0x302E or 0x302F or (>= 0x3031 and <= 0x3035) or 0x303B => PrecisProperty.Disallowed,
        _ => null,
    };
}
