using FsCheck;
using FsCheck.Fluent;
using XmppHost.Import.Sources;

namespace XmppHost.Import.Tests;

/// <summary>Texts that are almost in a language: its own pieces and anything else, in any order.</summary>
internal static class Texts
{
    internal static Arbitrary<string> Of(params string[] pieces)
    {
        var piece = Gen.OneOf(Gen.Elements(pieces), Gen.Elements(pieces), ArbMap.Default.GeneratorFor<NonNull<string>>().Select(s => s.Get));
        return piece.ListOf().Select(p => string.Join("", p)).ToArbitrary();
    }

    internal static bool EndsOrRefuses(Action read)
    {
        try
        {
            read();
        }
        catch (SourceException e)
        {
            Assert.That(e.Message, Does.Match(@"^\S+:\d+: \S"));
        }

        return true;
    }
}
