using XmppHost.Plugins.Mobile;
using XmppHost.Plugins.Tests.Support;

namespace XmppHost.Plugins.Tests.Mobile;

internal sealed class QuietHoldTests
{
    private readonly ManualTime _time = new();
    private int _releases;

    [TestCase("<presence from='a@b/c'/>", true)]
    [TestCase("<presence from='a@b/c' type='unavailable'/>", true)]
    [TestCase("<presence from='room@b/c'><x xmlns='http://jabber.org/protocol/muc#user'><item/></x></presence>", true)]
    [TestCase("<presence from='room@b/c'><x xmlns='http://jabber.org/protocol/muc#user'><status code='110'/></x></presence>", false)]
    [TestCase("<presence from='a@b' type='subscribe'/>", false)]
    [TestCase("<presence from='a@b' type='unsubscribed'/>", false)]
    [TestCase("<presence from='a@b' type='error'/>", false)]
    [TestCase("<presence/>", false)]
    [TestCase("<iq from='a@b/c' type='get' id='1'><ping xmlns='urn:xmpp:ping'/></iq>", false)]
    [TestCase("<message from='a@b/c' type='chat'><composing xmlns='http://jabber.org/protocol/chatstates'/></message>", true)]
    [TestCase("<message from='a@b/c' type='chat'><thread>1</thread><active xmlns='http://jabber.org/protocol/chatstates'/><no-store xmlns='urn:xmpp:hints'/></message>", true)]
    [TestCase("<message from='a@b/c' type='chat'><body>a</body><active xmlns='http://jabber.org/protocol/chatstates'/></message>", false)]
    [TestCase("<message from='a@b/c' type='chat'><received xmlns='urn:xmpp:receipts' id='1'/></message>", false)]
    [TestCase("<message from='a@b/c' type='chat'><body>a</body><no-store xmlns='urn:xmpp:hints'/></message>", false)]
    [TestCase("<message from='a@b/c' type='chat'/>", false)]
    [TestCase("<message from='a@b/c' type='error'><composing xmlns='http://jabber.org/protocol/chatstates'/></message>", false)]
    public void Only_what_can_be_missed_waits(string xml, bool waits) => Assert.That(Take(Hold(), xml), Is.EqualTo(waits));

    [Test]
    public void Last_of_each_contact_is_kept_in_order()
    {
        var hold = Hold();
        foreach (var xml in new[] { "<presence from='a@b/c' id='1'/>", "<presence from='a@b/d' id='2'/>", "<presence from='a@b/c' type='unavailable' id='3'/>" }) Assert.That(Take(hold, xml));
        Assert.That(hold.Release().Select(s => s.Id), Is.EqualTo(new[] { "2", "3" }));
        Assert.That(hold.Release(), Is.Empty);
    }

    [Test]
    public void Nothing_waits_beyond_the_delay()
    {
        var hold = Hold(new MobileOptions { MaxDelay = TimeSpan.FromMinutes(1) });
        Take(hold, "<presence from='a@b/c'/>");
        _time.Advance(TimeSpan.FromSeconds(59));
        Take(hold, "<presence from='a@b/c'/>");
        Assert.That(_releases, Is.Zero);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.That(_releases, Is.EqualTo(1));
    }

    [Test]
    public void Delay_begins_anew_after_a_release()
    {
        var hold = Hold(new MobileOptions { MaxDelay = TimeSpan.FromMinutes(1) });
        Take(hold, "<presence from='a@b/c'/>");
        hold.Release();
        _time.Advance(TimeSpan.FromMinutes(2));
        Assert.That(_releases, Is.Zero);
        Take(hold, "<presence from='a@b/c'/>");
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.That(_releases, Is.EqualTo(1));
    }

    [Test]
    public void More_than_the_limit_does_not_wait()
    {
        var hold = Hold(new MobileOptions { MaxStanzas = 2 });
        Assert.That(new[] { "a@b/1", "a@b/2", "a@b/1", "a@b/3" }.Select(from => Take(hold, $"<presence from='{from}'/>")), Is.EqualTo(new[] { true, true, true, false }));
        Assert.That(Take(Hold(), $"<presence from='a@b/c'><status>{new string('x', 300_000)}</status></presence>"), Is.False);
    }

    [Test]
    public void Config_decides_what_waits()
    {
        Assert.That(Take(Hold(new MobileOptions { Presence = false }), "<presence from='a@b/c'/>"), Is.False);
        Assert.That(Take(Hold(new MobileOptions { ChatStates = false }), "<message from='a@b/c'><gone xmlns='http://jabber.org/protocol/chatstates'/></message>"), Is.False);
    }

    private static bool Take(QuietHold hold, string xml)
    {
        var stanza = Wire.Stanza(xml);
        return hold.TryTake(stanza, stanza);
    }

    private QuietHold Hold(MobileOptions? options = null) => new(() => _releases++, options ?? new MobileOptions(), _time);
}
