using XmppHost.Plugins.Archive;
using XmppHost.Plugins.Tests.Support;

namespace XmppHost.Plugins.Tests.Archive;

internal sealed class ArchiveRulesTests
{
    [TestCase("<message type='chat'><body>x</body></message>", true)]
    [TestCase("<message><body>x</body></message>", true)]
    [TestCase("<message><subject>x</subject></message>", true)]
    [TestCase("<message type='groupchat'><body>x</body></message>", false)]
    [TestCase("<message type='headline'><body>x</body></message>", false)]
    [TestCase("<message type='error'><body>x</body></message>", false)]
    [TestCase("<message type='chat'><composing xmlns='http://jabber.org/protocol/chatstates'/></message>", false)]
    [TestCase("<message type='chat'><body>x</body><no-store xmlns='urn:xmpp:hints'/></message>", false)]
    [TestCase("<message type='chat'><body>x</body><no-permanent-store xmlns='urn:xmpp:hints'/></message>", false)]
    [TestCase("<message type='chat'><unknown xmlns='x:y'/></message>", false)]
    [TestCase("<message type='chat'><unknown xmlns='x:y'/><store xmlns='urn:xmpp:hints'/></message>", true)]
    [TestCase("<message type='chat'><received xmlns='urn:xmpp:receipts' id='1'/></message>", true)]
    [TestCase("<message type='chat'><request xmlns='urn:xmpp:receipts'/></message>", false)]
    [TestCase("<message type='chat'><displayed xmlns='urn:xmpp:chat-markers:0' id='1'/></message>", true)]
    [TestCase("<message type='chat'><encrypted xmlns='eu.siacs.conversations.axolotl'/></message>", true)]
    [TestCase("<message type='chat'><reactions xmlns='urn:xmpp:reactions:0' id='1'/></message>", true)]
    public void Message_is_archived_by_type_content_and_hints(string message, bool kept) => Assert.That(ArchiveRules.IsKept(Wire.Stanza(message)), Is.EqualTo(kept));
}
