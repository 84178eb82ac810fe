using XmppHost.Plugins.Carbons;
using XmppHost.Plugins.Tests.Support;

namespace XmppHost.Plugins.Tests.Carbons;

internal sealed class CarbonRulesTests
{
    private const string Room = "<x xmlns='http://jabber.org/protocol/muc#user'/>";

    [TestCase("<message type='chat'><body>x</body></message>", true)]
    [TestCase("<message type='chat'/>", true)]
    [TestCase("<message><body>x</body></message>", true)]
    [TestCase("<message type='unheard-of'><body>x</body></message>", true)]
    [TestCase("<message><subject>x</subject></message>", false)]
    [TestCase("<message><received xmlns='urn:xmpp:receipts' id='1'/></message>", true)]
    [TestCase("<message><displayed xmlns='urn:xmpp:chat-markers:0' id='1'/></message>", true)]
    [TestCase("<message><composing xmlns='http://jabber.org/protocol/chatstates'/></message>", true)]
    [TestCase("<message><event xmlns='http://jabber.org/protocol/pubsub#event'/></message>", false)]
    [TestCase("<message type='headline'><body>x</body></message>", false)]
    [TestCase("<message type='groupchat'><body>x</body></message>", false)]
    [TestCase("<message type='error'><body>x</body></message>", false)]
    [TestCase("<message><x xmlns='jabber:x:conference' jid='room@chat.example.org'/></message>", true)]
    [TestCase("<message from='room@chat.example.org'><x xmlns='http://jabber.org/protocol/muc#user'><invite from='a@example.org'/></x></message>", true)]
    [TestCase("<message type='chat'><body>x</body><private xmlns='urn:xmpp:carbons:2'/></message>", false)]
    [TestCase("<message type='chat'><body>x</body><no-copy xmlns='urn:xmpp:hints'/></message>", false)]
    [TestCase("<message type='chat'><received xmlns='urn:xmpp:carbons:2'><forwarded xmlns='urn:xmpp:forward:0'/></received></message>", false)]
    public void Message_is_copied_by_type_and_content(string message, bool copied)
    {
        Assert.That(CarbonRules.IsEligible(Wire.Stanza(message), CarbonKind.Received), Is.EqualTo(copied));
        Assert.That(CarbonRules.IsEligible(Wire.Stanza(message), CarbonKind.Sent), Is.EqualTo(copied));
    }

    [Test]
    public void Private_message_of_a_room_is_copied_when_sent_and_not_when_received()
    {
        var sent = Wire.Stanza($"<message to='room@chat.example.org/nick' type='chat'><body>x</body>{Room}</message>");
        var received = Wire.Stanza($"<message from='room@chat.example.org/nick' type='chat'><body>x</body>{Room}</message>");
        Assert.That(CarbonRules.IsEligible(sent, CarbonKind.Sent), Is.True);
        Assert.That(CarbonRules.IsEligible(received, CarbonKind.Received), Is.False);
    }
}
