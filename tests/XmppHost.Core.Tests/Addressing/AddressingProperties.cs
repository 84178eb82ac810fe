using System.Text;
using FsCheck;
using FsCheck.Fluent;
using XmppHost.Addressing;

namespace XmppHost.Core.Tests.Addressing;

internal sealed class AddressingProperties
{
    // Letters that map, marks that combine and reorder, both directions, joiners, digits of three kinds, and what addresses are split by.
    private static readonly Gen<int> CodePoint = Gen.OneOf(
        Gen.Choose(0x20, 0x7E), Gen.Choose(0xA0, 0x24F), Gen.Choose(0x300, 0x36F), Gen.Choose(0x370, 0x5FF), Gen.Choose(0x600, 0x6FF),
        Gen.Choose(0x900, 0x97F), Gen.Choose(0x1E00, 0x1FFF), Gen.Choose(0x2000, 0x218F), Gen.Choose(0x3000, 0x30FF), Gen.Choose(0xAC00, 0xAD00),
        Gen.Choose(0x10A0, 0x11FF), Gen.Choose(0x13A0, 0x13FF), Gen.Choose(0xFB00, 0xFFEF), Gen.Choose(0x10400, 0x1044F), Gen.Choose(0x1F600, 0x1F64F),
        Gen.Elements('.', '@', '/', 'l', 0xB7, 0x200C, 0x200D, 0x94D));

    private static readonly Arbitrary<string> Text = CodePoint.ArrayOf().Where(c => c.Length < 40)
        .Select(c => string.Concat(c.Select(p => new Rune(p).ToString()))).ToArbitrary();

    private static readonly Config Many = Config.QuickThrowOnFailure.WithMaxTest(3000);

    [Test]
    public void Username_that_was_prepared_stays_as_it_is() => Check.One(Many, Prop.ForAll(Text, text => IsStable(text, Precis.UsernameCaseMapped)));

    [Test]
    public void Opaque_string_that_was_prepared_stays_as_it_is() => Check.One(Many, Prop.ForAll(Text, text => IsStable(text, Precis.OpaqueString)));

    [Test]
    public void Domain_that_was_prepared_stays_as_it_is() => Check.One(Many, Prop.ForAll(Text, text => IsStable(text, JidParser.PrepareDomain)));

    [Test]
    public void Every_single_code_point_is_stable_in_every_part()
    {
        for (var codePoint = 0; codePoint <= 0x10FFFF; codePoint += codePoint == 0xD7FF ? 0x801 : 1)
        {
            var text = new Rune(codePoint).ToString();
            if (!IsStable(text, Precis.UsernameCaseMapped) || !IsStable(text, Precis.OpaqueString) || !IsStable(text, JidParser.PrepareDomain))
                Assert.Fail($"U+{codePoint:X4}");
        }
    }

    [Test]
    public void Address_survives_being_printed_and_read_again() => Check.One(Many, Prop.ForAll(Text, Text, Text, (local, domain, resource) =>
        Jid.TryCreate(local, domain, resource) is not { } jid || (Jid.Parse(jid.ToString()) is var again && again == jid && again.GetHashCode() == jid.GetHashCode())));

    [Test]
    public void Punycode_gives_back_every_label() => Check.One(Many, Prop.ForAll(Text, text =>
    {
        var label = text.EnumerateRunes().Take(8).Select(r => r.Value).Where(c => c > 0x7F).Append('a').ToList();
        var encoded = Punycode.Encode(label);
        return encoded.Length > 63 || Punycode.Decode(encoded)!.SequenceEqual(label);
    }));

    private static bool IsStable(string text, Func<string, string?> prepare) => prepare(text) is not { } prepared || prepare(prepared) == prepared;
}
