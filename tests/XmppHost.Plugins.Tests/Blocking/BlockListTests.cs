using XmppHost.Addressing;
using XmppHost.Plugins.Blocking;

namespace XmppHost.Plugins.Tests.Blocking;

internal sealed class BlockListTests
{
    // XEP-0191 section 5.
    [TestCase("romeo@montague.net/orchard", "romeo@montague.net/orchard", true)]
    [TestCase("romeo@montague.net/orchard", "romeo@montague.net/garden", false)]
    [TestCase("romeo@montague.net/orchard", "romeo@montague.net", false)]
    [TestCase("romeo@montague.net", "romeo@montague.net", true)]
    [TestCase("romeo@montague.net", "romeo@montague.net/orchard", true)]
    [TestCase("romeo@montague.net", "benvolio@montague.net/orchard", false)]
    [TestCase("romeo@montague.net", "montague.net", false)]
    [TestCase("montague.net/orchard", "montague.net/orchard", true)]
    [TestCase("montague.net/orchard", "montague.net", false)]
    [TestCase("montague.net/orchard", "romeo@montague.net/orchard", false)]
    [TestCase("montague.net", "montague.net", true)]
    [TestCase("montague.net", "montague.net/orchard", true)]
    [TestCase("montague.net", "romeo@montague.net/orchard", true)]
    [TestCase("montague.net", "romeo@chat.montague.net/orchard", false)]
    public void Item_matches_what_it_names_and_what_is_below(string item, string jid, bool matches) =>
        Assert.That(new BlockList([Jid.Parse(item)]).Matches(Jid.Parse(jid)), Is.EqualTo(matches));

    [Test]
    public void Empty_list_matches_no_one() => Assert.That(BlockList.Empty.Matches(Jid.Parse("romeo@montague.net")), Is.False);
}
