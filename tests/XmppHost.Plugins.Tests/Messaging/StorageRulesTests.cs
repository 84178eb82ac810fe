using XmppHost.Plugins.Messaging;
using XmppHost.Plugins.Tests.Support;

namespace XmppHost.Plugins.Tests.Messaging;

internal sealed class StorageRulesTests
{
    [TestCase("<message><body>x</body></message>", OfflineFate.Store)]
    [TestCase("<message type='normal'><subject>x</subject></message>", OfflineFate.Store)]
    [TestCase("<message type='unheard-of'><body>x</body></message>", OfflineFate.Store)]
    [TestCase("<message type='chat'><body>x</body></message>", OfflineFate.Store)]
    [TestCase("<message type='chat'><body>x</body><active xmlns='http://jabber.org/protocol/chatstates'/></message>", OfflineFate.Store)]
    [TestCase("<message type='chat'><received xmlns='urn:xmpp:receipts' id='1'/></message>", OfflineFate.Store)]
    [TestCase("<message><x xmlns='jabber:x:conference' jid='room@chat.example.org'/></message>", OfflineFate.Store)]
    [TestCase("<message type='chat'><encrypted xmlns='eu.siacs.conversations.axolotl'/><store xmlns='urn:xmpp:hints'/></message>", OfflineFate.Store)]
    [TestCase("<message type='chat'><body>x</body><no-permanent-store xmlns='urn:xmpp:hints'/></message>", OfflineFate.Store)]
    [TestCase("<message type='chat'><body>x</body><no-copy xmlns='urn:xmpp:hints'/></message>", OfflineFate.Store)]
    [TestCase("<message type='chat'><body>x</body><no-store xmlns='urn:xmpp:hints'/></message>", OfflineFate.Refuse)]
    [TestCase("<message type='groupchat'><body>x</body></message>", OfflineFate.Refuse)]
    [TestCase("<message type='headline'><body>x</body></message>", OfflineFate.Forget)]
    [TestCase("<message type='error'><body>x</body><store xmlns='urn:xmpp:hints'/></message>", OfflineFate.Forget)]
    [TestCase("<message type='chat'><composing xmlns='http://jabber.org/protocol/chatstates'/></message>", OfflineFate.Forget)]
    [TestCase("<message type='chat'><thread>t</thread><composing xmlns='http://jabber.org/protocol/chatstates'/><no-store xmlns='urn:xmpp:hints'/></message>", OfflineFate.Forget)]
    [TestCase("<message type='chat'><origin-id xmlns='urn:xmpp:sid:0' id='1'/><paused xmlns='http://jabber.org/protocol/chatstates'/></message>", OfflineFate.Forget)]
    [TestCase("<message type='chat'><gone xmlns='http://jabber.org/protocol/chatstates'/><store xmlns='urn:xmpp:hints'/></message>", OfflineFate.Store)]
    [TestCase("<message type='chat'/>", OfflineFate.Forget)]
    public void Message_is_kept_by_type_content_and_hints(string message, object fate) =>
        Assert.That(StorageRules.Of(Wire.Stanza(message)), Is.EqualTo(fate));
}
