using XmppHost.Core.Tests.Support;
using XmppHost.Handlers;
using XmppHost.Stanzas;
using XmppHost.Storage;

namespace XmppHost.Core.Tests.Routing;

/// <summary>Rows of the archive go with the message that they are of.</summary>
internal sealed class ArchivingTests
{
    private TestCore _core = null!;

    [SetUp]
    public void SetUp() => _core = new TestCore(new KeepAll(), new ArchiveAll(StanzaStage.Sending), new ArchiveAll(StanzaStage.Delivering));

    [Test]
    public async Task Rows_of_both_accounts_are_written_whoever_gets_the_message()
    {
        var (romeo, juliet) = (_core.Bind("romeo@localhost/orchard"), _core.Bind("juliet@localhost/balcony"));
        await _core.ChatAsync(romeo, "juliet@localhost", "direct");
        juliet.Session.Reliability.Enable(TimeSpan.FromMinutes(5));
        await _core.ChatAsync(romeo, "juliet@localhost", "logged");
        await _core.ChatAsync(romeo, "nurse@localhost", "offline");
        await _core.ChatAsync(romeo, "elsewhere.example", "abroad");

        Assert.That(Archived(), Is.EqualTo(new[]
        {
            "romeo@localhost direct", "juliet@localhost direct", "romeo@localhost logged", "juliet@localhost logged", "romeo@localhost offline", "nurse@localhost offline", "romeo@localhost abroad",
        }));
    }

    [Test]
    public async Task Message_that_is_refused_is_in_the_senders_archive_alone()
    {
        var romeo = _core.Bind("romeo@localhost/orchard");
        await _core.SendAsync(romeo, "<message to='juliet@localhost/gone' id='refused'><body>x</body></message>");
        Assert.That(Archived(), Is.EqualTo(new[] { "romeo@localhost refused" }));
    }

    [Test]
    public async Task Log_row_count_and_archive_rows_share_one_transaction()
    {
        var romeo = _core.Bind("romeo@localhost/orchard");
        romeo.Session.Reliability.Enable(TimeSpan.FromMinutes(5));
        _core.Log.AutoCommit = false;
        await _core.ChatAsync(romeo, "juliet@localhost", "1");
        await _core.RestartAsync();
        Assert.That((_core.Log.Archived.Count, _core.Log.Rows.Count, _core.Log.Streams.Single().Handled), Is.EqualTo((0, 0, 0u)));
    }

    [Test]
    public async Task Sender_is_told_only_when_what_it_sent_abroad_is_in_its_archive()
    {
        var romeo = _core.Bind("romeo@localhost/orchard");
        romeo.Session.Reliability.Enable(TimeSpan.FromMinutes(5));
        _core.Log.AutoCommit = false;
        await _core.ChatAsync(romeo, "elsewhere.example", "1");
        var answer = romeo.Session.Reliability.AnswerDurablyAsync(_ => Device.Element("a"));
        Assert.That(answer.IsCompleted, Is.False);
        _core.Log.Commit();
        await answer.AsTask().WaitAsync(TimeSpan.FromSeconds(60));
        Assert.That(Archived(), Is.EqualTo(new[] { "romeo@localhost 1" }));
    }

    [Test]
    public async Task Copy_survives_a_restart_with_its_session_and_goes_with_it()
    {
        var desk = _core.Bind("juliet@localhost/desk");
        desk.Session.Reliability.Enable(TimeSpan.FromMinutes(5));
        var original = TestCore.Parse("<message to='juliet@localhost/phone' type='chat'><body>x</body></message>");
        desk.Session.SendCopy(TestCore.Parse("<message id='copy'/>"), original, null);
        desk.Session.SendCopy(TestCore.Parse("<message id='result'/>"), null, null);
        Assert.That(desk.Session.Reliability.Unacknowledged, Is.EqualTo(2));

        await _core.RestartAsync();
        Assert.That(_core.Log.Rows.Select(r => TestCore.IdOf(r.Stanza)), Is.EqualTo(new[] { "copy" }));
        await _core.Host.EndSessionAsync(_core.Host.Sessions.Resumable().Single());
        Assert.That(_core.Log.Rows, Is.Empty);
    }

    private IEnumerable<string> Archived() => _core.Log.Archived.Select(r => $"{r.Account} {TestCore.IdOf(r.Stanza)}");

    private sealed class ArchiveAll(StanzaStage stage) : IStanzaFilter
    {
        private long _id;

        public StanzaStage Stage => stage;

        public int Order => FilterOrder.Archive;

        public ValueTask<StanzaVerdict> FilterAsync(StanzaContext context, CancellationToken ct)
        {
            var (mine, other) = stage == StanzaStage.Sending ? (context.Stanza.From!, context.Stanza.To!) : (context.Stanza.To!, context.Stanza.From!);
            context.Archive(new ArchiveRow(++_id, mine.Bare, other, 0, context.Stanza.Bytes));
            return ValueTask.FromResult(StanzaVerdict.Continue);
        }
    }
}
