using XmppHost.Addressing;
using XmppHost.Addressing.Unicode;

namespace XmppHost.Core.Tests.Addressing;

internal sealed class PrecisTests
{
    // RFC 8265 section 3.5, table 1, and mappings of section 3.3.
    [TestCase("juliet@example.com", "juliet@example.com")]
    [TestCase("fussball", "fussball")]
    [TestCase("fu\u00DFball", "fu\u00DFball")]
    [TestCase("\u03C0", "\u03C0")]
    [TestCase("\u03A3", "\u03C3")]
    [TestCase("\u03C3", "\u03C3")]
    [TestCase("\u03C2", "\u03C2")]
    [TestCase("\uFF2A\uFF35liet", "juliet", Description = "fullwidth")]
    [TestCase("\uFF76\uFF9E", "\u30AC", Description = "halfwidth katakana with its sound mark")]
    [TestCase("e\u0301", "\u00E9", Description = "NFC")]
    [TestCase("\u00C9", "\u00E9")]
    [TestCase("\u0130", "i\u0307", Description = "the dotted capital I")]
    [TestCase("\u1E9E", "\u00DF")]
    [TestCase("\u212B", "\u00E5", Description = "Angstrom sign")]
    [TestCase("\u1F88", "\u1F80", Description = "titlecase")]
    [TestCase("\u1100\u1161", "\uAC00", Description = "Hangul written as jamo")]
    [TestCase("\uD801\uDC00", "\uD801\uDC28", Description = "Deseret, beyond the first plane")]
    [TestCase("\u5510\u9CF3", "\u5510\u9CF3")]
    [TestCase("\u3007", "\u3007")]
    public void Username_is_mapped(string name, string prepared) => Assert.That(Precis.UsernameCaseMapped(name), Is.EqualTo(prepared));

    // RFC 8265 section 3.5, table 2.
    [TestCase("foo bar")]
    [TestCase("")]
    [TestCase("henry\u2163")]
    [TestCase("foo\u221E")]
    [TestCase("\u265A")]
    // What stringprep mapped away, or forbade, is forbidden.
    [TestCase("user\u00ADname", Description = "soft hyphen")]
    [TestCase("user\u200Bname", Description = "zero width space")]
    [TestCase("user\u2060name", Description = "word joiner")]
    [TestCase("user\uFE0Fname", Description = "variation selector")]
    [TestCase("\u00A0user", Description = "no-break space")]
    [TestCase("us\u3000er", Description = "ideographic space")]
    [TestCase("user\u007F")]
    [TestCase("user\u0085")]
    [TestCase("user\uE000", Description = "private use")]
    [TestCase("user\uFDD0", Description = "noncharacter")]
    [TestCase("user\uFFFD", Description = "replacement character")]
    [TestCase("user\u202E", Description = "right-to-left override")]
    [TestCase("user\u2028", Description = "line separator")]
    [TestCase("user\uDB40\uDC41", Description = "tag character")]
    [TestCase("\uFB01x", Description = "ligature")]
    [TestCase("\u1100", Description = "a conjoining jamo alone")]
    [TestCase("\u00AA", Description = "feminine ordinal indicator: compatibility")]
    [TestCase("user\u0378", Description = "unassigned")]
    [TestCase("\u0640", Description = "tatweel")]
    // The Bidi Rule.
    [TestCase("foo\u05BEbar")]
    [TestCase("\u05D0a")]
    [TestCase("a\u05D0")]
    [TestCase("\u06611", Description = "starts with an Arabic digit")]
    [TestCase("1\u0627")]
    [TestCase("\u0627\u06611", Description = "two kinds of digits")]
    public void Username_is_refused(string name) => Assert.That(Precis.UsernameCaseMapped(name), Is.Null);

    [TestCase("\u05D0\u05D1")]
    [TestCase("\u0627\u0628\u06F0", Description = "ends with an extended Arabic-Indic digit, which is EN")]
    [TestCase("\u0627\u0661")]
    [TestCase("\u05D0\u05B0", Description = "ends with a mark")]
    [TestCase("\u0627\u0628" + "1", Description = "European digits may end a right-to-left name")]
    public void Right_to_left_name_is_allowed(string name) => Assert.That(Precis.UsernameCaseMapped(name), Is.EqualTo(name));

    // RFC 5892 appendix A, each rule both ways.
    [TestCase("\u0915\u094D\u200C\u0937", true, Description = "ZWNJ after a virama")]
    [TestCase("\u0628\u200C\u0628", true, Description = "ZWNJ between joining letters")]
    [TestCase("\u0628\u064E\u200C\u064E\u0628", true, Description = "with transparent marks between")]
    [TestCase("\u0627\u200C\u0628", false, Description = "alef does not join to its left")]
    [TestCase("a\u200Cb", false)]
    [TestCase("\u200C", false)]
    [TestCase("\u0915\u094D\u200D\u0937", true, Description = "ZWJ after a virama")]
    [TestCase("\u0915\u200D\u0937", false)]
    [TestCase("col\u00B7lega", true, Description = "middle dot between two l")]
    [TestCase("a\u00B7b", false)]
    [TestCase("l\u00B7", false)]
    [TestCase("\u0375\u03B1", true, Description = "keraia before Greek")]
    [TestCase("\u0375a", false)]
    [TestCase("\u05D0\u05F3", true, Description = "geresh after Hebrew")]
    [TestCase("\u05D0\u05F4\u05D0", true)]
    [TestCase("\u05F3\u05D0", false)]
    [TestCase("a\u30FB\u30A2", true, Description = "katakana middle dot with kana")]
    [TestCase("a\u30FBb", false)]
    [TestCase("\u0627\u0660\u0661", true, Description = "Arabic-Indic digits alone")]
    [TestCase("\u0627\u0660\u06F0", false, Description = "mixed with extended ones")]
    public void Contextual_rule_holds(string name, bool allowed) => Assert.That(Precis.UsernameCaseMapped(name) is not null, Is.EqualTo(allowed));

    // RFC 8265 section 4.3, table 3; then what a resource may be.
    [TestCase("correct horse battery staple", "correct horse battery staple")]
    [TestCase("Correct Horse Battery Staple", "Correct Horse Battery Staple")]
    [TestCase("\u03C0\u00DF\u00E5", "\u03C0\u00DF\u00E5")]
    [TestCase("Jack of \u2666s", "Jack of \u2666s")]
    [TestCase("foo\u1680bar", "foo bar")]
    [TestCase("\u00A0\u3000", "  ")]
    [TestCase("A\u030A", "\u00C5")]
    [TestCase("\u212B", "\u00C5")]
    [TestCase("\uFF21\u2163\uFB01", "\uFF21\u2163\uFB01", Description = "neither width nor compatibility is mapped")]
    [TestCase("\u05D0 and a", "\u05D0 and a", Description = "no Bidi Rule")]
    [TestCase("\uD83C\uDF7A", "\uD83C\uDF7A")]
    public void Opaque_string_is_mapped(string text, string prepared) => Assert.That(Precis.OpaqueString(text), Is.EqualTo(prepared));

    [TestCase("")]
    [TestCase("my cat is a \u0009 by")]
    [TestCase("bell\u0007")]
    [TestCase("soft\u00ADhyphen")]
    [TestCase("\uE000")]
    [TestCase("\uFEFF")]
    [TestCase("\u0378")]
    [TestCase("a\u200Db")]
    public void Opaque_string_is_refused(string text) => Assert.That(Precis.OpaqueString(text), Is.Null);

    [TestCase('a', PrecisProperty.Valid)]
    [TestCase(' ', PrecisProperty.FreeformOnly)]
    [TestCase(0x00DF, PrecisProperty.Valid)]
    [TestCase(0x00AA, PrecisProperty.FreeformOnly)]
    [TestCase(0x200D, PrecisProperty.ContextJ)]
    [TestCase(0x30FB, PrecisProperty.ContextO)]
    [TestCase(0x0640, PrecisProperty.Disallowed)]
    [TestCase(0x1160, PrecisProperty.Disallowed)]
    [TestCase(0xFFFF, PrecisProperty.Disallowed)]
    [TestCase(0x0378, PrecisProperty.Unassigned)]
    [TestCase(0x4E00, PrecisProperty.Valid)]
    [TestCase(0xAC01, PrecisProperty.Valid)]
    [TestCase(0x1F600, PrecisProperty.FreeformOnly)]
    [TestCase(0x10FFFD, PrecisProperty.Disallowed)]
    public void Code_point_has_its_derived_property(int codePoint, int property) =>
        Assert.That(PrecisClass.Of(codePoint), Is.EqualTo((PrecisProperty)property));

    [TestCase("A\u030A", "\u00C5")]
    [TestCase("\u212B", "\u00C5")]
    [TestCase("\u1E9B\u0323", "\u1E9B\u0323")]
    [TestCase("a\u0315\u0300", "\u00E0\u0315", Description = "marks are put in order")]
    [TestCase("\u1100\u1161\u11A8", "\uAC01")]
    [TestCase("\uAC00\u11A8", "\uAC01")]
    [TestCase("\u0958", "\u0915\u093C", Description = "excluded from composition")]
    [TestCase("\u1112\u1175\u11C2\u11A8", "\uD7A3\u11A8")]
    [TestCase("a\u0301\u0301", "\u00E1\u0301", Description = "the second is blocked by none, but there is no such letter")]
    [TestCase("\u0344", "\u0308\u0301")]
    [TestCase("\uD804\uDC99\uD804\uDCBA", "\uD804\uDC9A")]
    public void Text_is_normalized_to_form_c(string text, string normalized) =>
        Assert.That(CodePoints.ToString(Normalizer.ToFormC(CodePoints.Of(text)!)), Is.EqualTo(normalized));
}
