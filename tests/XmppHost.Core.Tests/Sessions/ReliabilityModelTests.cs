using FsCheck;
using FsCheck.Fluent;
using XmppHost.Core.Sessions;
using XmppHost.Core.Tests.Support;
using XmppHost.Stanzas;

namespace XmppHost.Core.Tests.Sessions;

/// <summary>
/// A client with stream management that loses its connection, comes back, acknowledges now and then, or never returns, on a server that is sent messages, crashes and restarts: whatever the
/// order, each message reaches the client once and in order, or waits offline.
/// </summary>
internal sealed class ReliabilityModelTests
{
    private enum Step { Send, SendPresence, Read, Acknowledge, Drop, Resume, Crash, HandleOne, AcknowledgeTooMuch }

    private static readonly Arbitrary<Step[]> Steps = Gen.Frequency(
        (8, Gen.Constant(Step.Send)), (2, Gen.Constant(Step.SendPresence)), (5, Gen.Constant(Step.Read)), (3, Gen.Constant(Step.Acknowledge)), (3, Gen.Constant(Step.Drop)),
        (4, Gen.Constant(Step.Resume)), (1, Gen.Constant(Step.Crash)), (2, Gen.Constant(Step.HandleOne)), (1, Gen.Constant(Step.AcknowledgeTooMuch))).ArrayOf().Where(s => s.Length < 60).ToArbitrary();

    [Test]
    public void Every_message_arrives_once_and_in_order_or_waits_offline() =>
        Prop.ForAll(Steps, steps => RunAsync(steps).GetAwaiter().GetResult()).Check(Config.QuickThrowOnFailure.WithMaxTest(500).WithEndSize(60));

    private static async Task<bool> RunAsync(Step[] steps)
    {
        var client = new Client();
        foreach (var step in steps) await client.DoAsync(step);
        return await client.IsConsistentAsync();
    }

    private sealed class Client
    {
        private readonly TestCore _core = new(new KeepAll());
        private readonly List<string> _sent = [];
        private readonly List<string> _received = [];
        private readonly string _id;
        private Device? _device;
        private Session _session;
        private uint _handled, _acknowledged, _ownSent;
        private bool _isSound = true;

        internal Client()
        {
            _device = _core.Bind("juliet@localhost/balcony");
            _session = _device.Session;
            _id = _session.Reliability.Enable(TimeSpan.FromMinutes(5))!;
        }

        internal async Task DoAsync(Step step)
        {
            switch (step)
            {
                case Step.Send:
                    _sent.Add($"m{_sent.Count}");
                    _isSound &= _session.Deliver(TestCore.Parse($"<message to='juliet@localhost/balcony' type='chat' id='{_sent[^1]}'><body>x</body></message>"), Durability.Account);
                    break;
                case Step.SendPresence:
                    _isSound &= _session.Send(TestCore.Parse("<presence from='romeo@localhost/orchard' id='p'/>"));
                    break;
                case Step.Read:
                    await ReadAsync();
                    break;
                case Step.Acknowledge when _device is not null:
                    _isSound &= _session.Reliability.Acknowledge(_handled);
                    _acknowledged = _handled;
                    break;
                case Step.AcknowledgeTooMuch when _device is not null:
                    _isSound &= !_session.Reliability.Acknowledge(_session.Reliability.Sent + 1);
                    break;
                case Step.HandleOne when _device is not null:
                    _session.CountHandled();
                    _ownSent++;
                    break;
                case Step.Drop when _device is not null:
                    Drop();
                    break;
                case Step.Resume:
                    await ResumeAsync();
                    break;
                case Step.Crash:
                    await CrashAsync();
                    break;
            }
        }

        /// <summary>The end: the client comes back once more and reads all there is, or its time is over.</summary>
        internal async Task<bool> IsConsistentAsync()
        {
            if (_sent.Count % 2 == 0)
            {
                await ResumeAsync();
                await ReadAsync();
                _isSound &= _session.Reliability.Acknowledge(_handled);
                return _isSound && _received.SequenceEqual(_sent) && _core.Log.Rows.Count == 0;
            }

            await _core.Host.EndSessionAsync(_session);
            var offline = _core.Log.Offline.OrderBy(r => r.Id).Select(r => TestCore.IdOf(r.Stanza)).ToList();

            // What was read and not acknowledged is there twice, as it must be; nothing is missing, nothing out of order.
            return _isSound && _core.Log.Streams.Count == 0 && offline.SequenceEqual(_sent.TakeLast(offline.Count)) && _received.Take(_sent.Count - offline.Count).SequenceEqual(_sent.SkipLast(offline.Count));
        }

        private async Task ReadAsync()
        {
            if (_device is null) return;
            var ids = await _device.IdsAsync();
            _handled += (uint)ids.Length;
            _received.AddRange(ids.Where(id => id != "p"));
            _isSound &= _handled == _session.Reliability.Sent;
        }

        private void Drop()
        {
            _isSound &= _session.Detach(_device!.Outbox, keep: true) == Detachment.Waiting;
            _device = null;
        }

        private async Task ResumeAsync()
        {
            if (_core.Host.Sessions.FindResumable(SessionAcks.TokenOf(_id)) is not { } session || !await session.ReleaseAsync(StreamError.Conflict, TimeSpan.FromMinutes(1)))
            {
                _isSound = false;
                return;
            }

            var told = 0u;
            var device = new Device(_core);
            _isSound &= session.TryAttach(device.Outbox, device, _handled, h => Device.Element("resumed").With("h", $"{told = h}"), null);
            _isSound &= told == _ownSent;
            (_session, _device, _acknowledged) = (session, device, _handled);
        }

        // Presence is not stored, so its place in the count is lost with the process: the client must have all of it before.
        private async Task CrashAsync()
        {
            await ReadAsync();
            if (_device is null) await ResumeAsync();
            await ReadAsync();
            await _session.Reliability.AnswerDurablyAsync(_ => Device.Element("a"));
            await _core.RestartAsync();
            _session = _core.Host.Sessions.FindResumable(SessionAcks.TokenOf(_id))!;
            _device = null;
            _isSound &= _acknowledged <= _handled;
        }
    }
}
