using XmppHost.Addressing;
using XmppHost.Core.Streams.Sasl;
using XmppHost.Core.VHosts;

namespace XmppHost.Core.Tests.Sasl;

internal sealed class PlainAndAnonymousTests
{
    [TestCase("\0juliet\0Wherefore art thou")]
    [TestCase("\0JULIET\0Wherefore art thou")]
    [TestCase("\0juliet\0Wherefore\u00A0art\u3000thou", Description = "the password is prepared")]
    [TestCase("juliet@capulet.example\0juliet\0Wherefore art thou")]
    public async Task Right_password_logs_in(string message) =>
        Assert.That((await new SaslFixture().StepAsync("PLAIN", message)).Account, Is.EqualTo(Jid.Parse("juliet@capulet.example")));

    [TestCase("\0juliet\0wrong", "not-authorized")]
    [TestCase("\0juliet\0wrong\u0007", "not-authorized")]
    [TestCase("\0romeo\0Wherefore art thou", "not-authorized")]
    [TestCase("\0a b\0Wherefore art thou", "not-authorized")]
    [TestCase("romeo@capulet.example\0juliet\0Wherefore art thou", "invalid-authzid")]
    [TestCase("\0juliet\0", "malformed-request")]
    [TestCase("\0\0Wherefore art thou", "malformed-request")]
    [TestCase("juliet\0Wherefore art thou", "malformed-request")]
    [TestCase("\0juliet\0Wherefore\0art", "malformed-request")]
    public async Task Anything_else_is_refused(string message, string condition) =>
        Assert.That((await new SaslFixture().StepAsync("PLAIN", message)).Error?.Condition, Is.EqualTo(condition));

    [Test]
    public async Task Message_may_come_late_once()
    {
        var negotiation = new SaslFixture().Start("PLAIN");

        Assert.That((await negotiation.StepAsync(default, default)).Data, Is.Empty);
        Assert.That((await negotiation.StepAsync("\0juliet\0Wherefore art thou"u8.ToArray(), default)).Account, Is.Not.Null);
    }

    [Test]
    public async Task Account_with_keys_of_one_hash_logs_in()
    {
        var sasl = new SaslFixture();
        sasl.Add("old", ScramKeys.Derive("pw", ScramHash.Find("SCRAM-SHA-1")!, new byte[16], 4096));

        Assert.That((await sasl.StepAsync("PLAIN", "\0old\0pw")).Account, Is.Not.Null);
        Assert.That((await sasl.StepAsync("PLAIN", "\0old\0no")).Account, Is.Null);
    }

    [Test]
    public async Task Anonymous_gets_another_name_each_time()
    {
        var sasl = new SaslFixture(new AuthOptions { Anonymous = true });
        var (first, second) = (await sasl.StepAsync("ANONYMOUS", ""), await sasl.StepAsync("ANONYMOUS", "trace"));

        Assert.That(first.Account!.Domain, Is.EqualTo("capulet.example"));
        Assert.That(first.Account.Local, Has.Length.EqualTo(32));
        Assert.That(second.Account, Is.Not.EqualTo(first.Account));
        Assert.That(sasl.Start("ANONYMOUS").IsAnonymous, Is.True);
    }

    [Test]
    public async Task Anonymous_trace_has_its_limit()
    {
        var sasl = new SaslFixture(new AuthOptions { Anonymous = true });

        Assert.That((await sasl.StepAsync("ANONYMOUS", string.Concat(Enumerable.Repeat("\U0001F600", 255)))).Account, Is.Not.Null);
        Assert.That((await sasl.StepAsync("ANONYMOUS", new string('a', 256))).Error?.Condition, Is.EqualTo("malformed-request"));
    }
}
