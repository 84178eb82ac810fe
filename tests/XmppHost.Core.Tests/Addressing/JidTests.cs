using XmppHost.Addressing;

namespace XmppHost.Core.Tests.Addressing;

internal sealed class JidTests
{
    // RFC 7622 section 3.5, table 1; 9 and 10 become equal by case mapping, 11 stays another.
    [TestCase("juliet@example.com", "juliet", "example.com", null)]
    [TestCase("juliet@example.com/foo", "juliet", "example.com", "foo")]
    [TestCase("juliet@example.com/foo bar", "juliet", "example.com", "foo bar")]
    [TestCase("juliet@example.com/foo@bar", "juliet", "example.com", "foo@bar")]
    [TestCase("foo\\20bar@example.com", "foo\\20bar", "example.com", null)]
    [TestCase("fussball@example.com", "fussball", "example.com", null)]
    [TestCase("fu\u00DFball@example.com", "fu\u00DFball", "example.com", null)]
    [TestCase("\u03C0@example.com", "\u03C0", "example.com", null)]
    [TestCase("\u03A3@example.com/foo", "\u03C3", "example.com", "foo")]
    [TestCase("\u03C3@example.com/foo", "\u03C3", "example.com", "foo")]
    [TestCase("\u03C2@example.com/foo", "\u03C2", "example.com", "foo")]
    [TestCase("king@example.com/\u265A", "king", "example.com", "\u265A")]
    [TestCase("example.com", null, "example.com", null)]
    [TestCase("example.com/foobar", null, "example.com", "foobar")]
    [TestCase("a.example.com/b@example.net", null, "a.example.com", "b@example.net")]
    // Number 18 of table 2 has a space first in the resource; the OpaqueString profile that section 3.4 names has no rule against it.
    [TestCase("juliet@example.com/ foo", "juliet", "example.com", " foo")]
    [TestCase("Juliet@Example.COM/Balcony", "juliet", "example.com", "Balcony")]
    [TestCase("juliet@example.com//@/", "juliet", "example.com", "/@/")]
    public void Address_splits_into_prepared_parts(string text, string? local, string domain, string? resource)
    {
        var jid = Jid.TryParse(text);

        Assert.That(jid, Is.Not.Null);
        Assert.That((jid!.Local, jid.Domain, jid.Resource), Is.EqualTo((local, domain, resource)));
    }

    // RFC 7622 section 3.5, table 2, and more of the kind.
    [TestCase("\"juliet\"@example.com")]
    [TestCase("foo bar@example.com")]
    [TestCase("@example.com/")]
    [TestCase("henry\u2163@example.com")]
    [TestCase("\u265A@example.com")]
    [TestCase("juliet@")]
    [TestCase("/foobar")]
    [TestCase("")]
    [TestCase("@")]
    [TestCase("/")]
    [TestCase("@example.com")]
    [TestCase("juliet@/foo")]
    [TestCase("juliet@example.com/")]
    [TestCase("user@host@example.com")]
    [TestCase("jul\u0001iet@example.com")]
    [TestCase("juliet@example.com/\u0001")]
    [TestCase("juliet@example.com/\t")]
    [TestCase("juliet\uFF20home@example.com")]
    [TestCase("juliet@example.com\uFF0Ffoo")]
    public void What_is_no_address_is_refused(string text) => Assert.That(Jid.TryParse(text), Is.Null);

    // Put together here, since an attribute's strings are stored as UTF-8, which cannot have one.
    [Test]
    public void Half_a_surrogate_pair_is_refused_in_every_part([Values(0xD800, 0xDC00)] int half)
    {
        var part = $"a{(char)half}b";

        Assert.That(Jid.TryCreate(part, "example.com", null), Is.Null);
        Assert.That(Jid.TryCreate(null, part, null), Is.Null);
        Assert.That(Jid.TryCreate(null, "example.com", part), Is.Null);
    }

    [Test]
    public void Each_character_that_the_localpart_excludes_is_refused([Values('"', '&', '\'', ':', '<', '>', '/', '@')] char excluded) =>
        Assert.That(Jid.TryCreate($"a{excluded}b", "example.com", null), Is.Null);

    [Test]
    public void Part_may_have_1023_octets_and_no_more()
    {
        var (fits, over) = (new string('a', 1023), new string('a', 1024));

        Assert.That(Jid.TryCreate(fits, "example.com", fits), Is.Not.Null);
        Assert.That(Jid.TryCreate(over, "example.com", null), Is.Null);
        Assert.That(Jid.TryCreate(null, "example.com", over), Is.Null);
        Assert.That(Jid.TryParse($"{fits}@example.com/{fits}"), Is.Not.Null);
    }

    [Test]
    public void Limit_counts_octets_and_not_characters()
    {
        Assert.That(Jid.TryCreate(new string('\u03C0', 511), "example.com", new string('\u265A', 341)), Is.Not.Null);
        Assert.That(Jid.TryCreate(new string('\u03C0', 512), "example.com", null), Is.Null);
        Assert.That(Jid.TryCreate(null, "example.com", new string('\u265A', 342)), Is.Null);
    }

    [Test]
    public void Addresses_are_equal_when_their_prepared_parts_are()
    {
        var (plain, shouted) = (Jid.Parse("juliet@example.com/Balcony"), Jid.Parse("JULIET@EXAMPLE.com./Balcony"));

        Assert.That(shouted, Is.EqualTo(plain));
        Assert.That(shouted.GetHashCode(), Is.EqualTo(plain.GetHashCode()));
        Assert.That(shouted.ToString(), Is.EqualTo("juliet@example.com/Balcony"));
        Assert.That(shouted == plain, Is.True);
        Assert.That(Jid.Parse("juliet@example.com/balcony") == plain, Is.False);
        Assert.That(plain.Bare, Is.EqualTo(Jid.Parse("juliet@example.com")));
        Assert.That(plain.Host.IsDomain, Is.True);
    }

    [Test]
    public void Addresses_of_one_domain_share_its_string()
    {
        var (juliet, romeo) = (Jid.Parse("juliet@sharing.example"), Jid.Parse("romeo@sharing.example/orchard"));

        Assert.That(romeo.Domain, Is.SameAs(juliet.Domain));
    }

    [Test]
    public void Prepared_ascii_address_costs_its_parts_and_the_object()
    {
        const string text = "juliet@example.com/balcony";
        Jid.Parse(text);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var jid = Jid.Parse(text);
        var spent = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.That(jid.ToString(), Is.SameAs(text));
        Assert.That(spent, Is.LessThanOrEqualTo(40 + 40 + 56), "two strings and the Jid");
    }

    [Test]
    public void Other_resource_is_prepared_too()
    {
        var jid = Jid.Parse("juliet@example.com/balcony");

        Assert.That(jid.WithResource("a\u00A0b")!.Resource, Is.EqualTo("a b"));
        Assert.That(jid.WithResource(""), Is.Null);
        Assert.That(jid.WithResource("\u0007"), Is.Null);
    }
}
