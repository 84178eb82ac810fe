using XmppHost.Addressing.Unicode;

namespace XmppHost.Addressing;

/// <summary>The contextual rules of RFC 5892 appendix A: whether a code point may stand where it stands.</summary>
internal static class ContextRules
{
    private const int ZeroWidthNonJoiner = 0x200C;

    internal static bool Allow(List<int> text, int at) => text[at] switch
    {
        ZeroWidthNonJoiner => IsAfterVirama(text, at) || JoinsAcross(text, at),
        0x200D => IsAfterVirama(text, at),
        0x00B7 => at > 0 && text[at - 1] == 'l' && at + 1 < text.Count && text[at + 1] == 'l',
        0x0375 => at + 1 < text.Count && ScriptOf(text[at + 1]) == RuleScript.Greek,
        0x05F3 or 0x05F4 => at > 0 && ScriptOf(text[at - 1]) == RuleScript.Hebrew,
        0x30FB => text.Exists(c => ScriptOf(c) == RuleScript.KanaOrHan),
        >= 0x0660 and <= 0x0669 => !text.Exists(c => c is >= 0x06F0 and <= 0x06F9),
        >= 0x06F0 and <= 0x06F9 => !text.Exists(c => c is >= 0x0660 and <= 0x0669),
        _ => false,
    };

    private static bool IsAfterVirama(List<int> text, int at) => at > 0 && UnicodeTable.Instance[text[at - 1]].IsVirama;

    // Appendix A.1: (L|D) T* ZWNJ T* (R|D)
    private static bool JoinsAcross(List<int> text, int at)
    {
        var before = at - 1;
        while (before >= 0 && JoiningOf(text[before]) == JoiningType.Transparent) before--;
        var after = at + 1;
        while (after < text.Count && JoiningOf(text[after]) == JoiningType.Transparent) after++;
        return before >= 0 && JoiningOf(text[before]) is JoiningType.Left or JoiningType.Dual
            && after < text.Count && JoiningOf(text[after]) is JoiningType.Right or JoiningType.Dual;
    }

    private static JoiningType JoiningOf(int codePoint) => UnicodeTable.Instance[codePoint].Joining;

    // The table has 30FB itself as Common.
    private static RuleScript ScriptOf(int codePoint) => UnicodeTable.Instance[codePoint].Script;
}
