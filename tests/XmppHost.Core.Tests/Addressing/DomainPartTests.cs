using XmppHost.Addressing;

namespace XmppHost.Core.Tests.Addressing;

internal sealed class DomainPartTests
{
    [TestCase("example.com", "example.com")]
    [TestCase("EXAMPLE.com", "example.com")]
    [TestCase("example.com.", "example.com")]
    [TestCase("localhost", "localhost")]
    [TestCase("127.0.0.1", "127.0.0.1")]
    [TestCase("[::1]", "[::1]")]
    [TestCase("[2001:DB8::A]", "[2001:db8::a]")]
    [TestCase("irc_gateway.example.com", "irc_gateway.example.com")]
    [TestCase("r3---sn-4g5.example.com", "r3---sn-4g5.example.com")]
    [TestCase("xn--bcher-kva.example", "b\u00FCcher.example")]
    [TestCase("XN--BCHER-KVA.example", "b\u00FCcher.example")]
    [TestCase("B\u00DCCHER.example", "b\u00FCcher.example")]
    [TestCase("bu\u0308cher.example.", "b\u00FCcher.example")]
    [TestCase("fa\u00DF.example", "fa\u00DF.example")]
    [TestCase("xn--fa-hia.example", "fa\u00DF.example")]
    [TestCase("\uFF45\uFF58\uFF41mple.com", "example.com")]
    [TestCase("ex\u3002ample\uFF0Ecom\uFF61", "ex.ample.com")]
    [TestCase("\u65E5\u672C\u8A9E.jp", "\u65E5\u672C\u8A9E.jp")]
    [TestCase("xn--wgv71a119e.jp", "\u65E5\u672C\u8A9E.jp")]
    [TestCase("\u05D0\u05D1.example", "\u05D0\u05D1.example")]
    [TestCase("xn--mgbcge.example", "\u0627\u0628\u062A\u062B.example")]
    public void Domain_is_prepared(string domain, string prepared) => Assert.That(Jid.TryParse(domain)?.Domain, Is.EqualTo(prepared));

    [TestCase(".")]
    [TestCase("example..com")]
    [TestCase(".example.com")]
    [TestCase("example.com..")]
    [TestCase("-example.com")]
    [TestCase("example-.com")]
    [TestCase("exa mple.com")]
    [TestCase("exam!ple.com")]
    [TestCase("b\u00FCch?r.example")]
    [TestCase("-b\u00FCcher.example")]
    [TestCase("b\u00FCcher-.example")]
    [TestCase("b\u00FC--cher.example")]
    [TestCase("sub\uFF0E-b\u00FCcher.example")]
    [TestCase("example\uFF61com\uFF0E\u3002")]
    [TestCase("\u0301b.example")]
    [TestCase("\u265A.example")]
    [TestCase("a\u20D0.example")]
    [TestCase("\uD834\uDD65.example")]
    [TestCase("[::1")]
    [TestCase("[127.0.0.1]")]
    [TestCase("[fe80::1%25eth0]")]
    [TestCase("[example.com]")]
    [TestCase("[]")]
    [TestCase("xn--")]
    [TestCase("xn--a-", Description = "Punycode of nothing but ASCII")]
    [TestCase("xn--b\u00FCcher-kva.example", Description = "a mixture of both forms")]
    [TestCase("xn--99999999.example", Description = "overflows")]
    [TestCase("xn--BCHER-kva-.example")]
    [TestCase("xn--strae-oqa\u00DF.example")]
    [TestCase("\u05D0a.example", Description = "mixed directions in a label")]
    [TestCase("1a.\u05D0\u05D1.example", Description = "a label beside a right-to-left one starts with a digit")]
    public void What_is_no_domain_is_refused(string domain) => Assert.That(Jid.TryParse(domain), Is.Null);

    [Test]
    public void Punycode_of_upper_case_is_no_a_label()
    {
        var label = "xn--" + Punycode.Encode([0xDC, 'b']);

        Assert.That(Jid.TryParse(label + ".example"), Is.Null);
    }

    [Test]
    public void Label_may_have_63_octets_in_its_ascii_form()
    {
        Assert.That(Jid.TryParse(new string('a', 63) + ".example"), Is.Not.Null);
        Assert.That(Jid.TryParse(new string('a', 64) + ".example"), Is.Null);
        Assert.That(Jid.TryParse(new string('\u00FC', 50) + ".example"), Is.Not.Null);
        Assert.That(Jid.TryParse(new string('\u00FC', 63) + ".example"), Is.Null);
    }

    [Test]
    public void Domain_may_have_1023_octets()
    {
        var labels = string.Join('.', Enumerable.Repeat(new string('a', 63), 15));

        Assert.That(Jid.TryParse(labels + "." + new string('a', 63)), Is.Not.Null);
        Assert.That(Jid.TryParse(labels + "." + new string('a', 63) + ".aa"), Is.Null);
    }

    // RFC 3492 section 7.1: (A) Arabic, (B) Chinese, (I) Russian, (L) Japanese with digits and a capital.
    [TestCase("egbpdaj6bu4bxfgehfvwxn", "\u0644\u064A\u0647\u0645\u0627\u0628\u062A\u0643\u0644\u0645\u0648\u0634\u0639\u0631\u0628\u064A\u061F")]
    [TestCase("ihqwcrb4cv8a8dqg056pqjye", "\u4ED6\u4EEC\u4E3A\u4EC0\u4E48\u4E0D\u8BF4\u4E2D\u6587")]
    [TestCase("b1abfaaepdrnnbgefbadotcwatmq2g4l", "\u043F\u043E\u0447\u0435\u043C\u0443\u0436\u0435\u043E\u043D\u0438\u043D\u0435\u0433\u043E\u0432\u043E\u0440\u044F\u0442\u043F\u043E\u0440\u0443\u0441\u0441\u043A\u0438")]
    [TestCase("3b-ww4c5e180e575a65lsy2b", "3\u5E74b\u7D44\u91D1\u516B\u5148\u751F")]
    public void Punycode_agrees_with_the_samples_of_its_rfc(string encoded, string text)
    {
        int[] codePoints = [.. text.EnumerateRunes().Select(r => r.Value)];

        Assert.That(Punycode.Encode([.. codePoints]), Is.EqualTo(encoded));
        Assert.That(Punycode.Decode(encoded), Is.EqualTo(codePoints));
    }
}
