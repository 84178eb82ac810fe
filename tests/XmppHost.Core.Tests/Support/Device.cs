using System.IO.Pipelines;
using System.Text;
using System.Text.RegularExpressions;
using XmppHost.Addressing;
using XmppHost.Core.Sessions;
using XmppHost.Core.Streams;
using XmppHost.Xml;

namespace XmppHost.Core.Tests.Support;

/// <summary>A session, its way out, and the pipe that its client would read from.</summary>
internal sealed partial class Device : ISessionCarrier
{
    internal const long OutboxSize = 1 << 20;

    // Whatever is flushed and not read holds the next flush up: that is a client that does not read.
    private readonly Pipe _pipe = new(new PipeOptions(pauseWriterThreshold: 1, resumeWriterThreshold: 1, readerScheduler: PipeScheduler.Inline, writerScheduler: PipeScheduler.Inline, useSynchronizationContext: false));
    private readonly TaskCompletionSource _loop = new();

    internal Device(TestCore core, string jid, bool ephemeral = false)
    {
        Outbox = new Outbox(_pipe.Writer, OutboxSize, core.Log) { Failed = () => Failures++ };
        Intake = new StanzaIntake(core.Router);
        Session = new Session(core.Host, Jid.Parse(jid), Outbox, core.Log, core.Time.GetUtcNow(), OutboxSize) { IsEphemeral = ephemeral };
        Session.CarriedBy(this);
    }

    /// <summary>A connection without a session yet.</summary>
    internal Device(TestCore core)
    {
        Outbox = new Outbox(_pipe.Writer, OutboxSize, core.Log) { Failed = () => Failures++ };
        Intake = new StanzaIntake(core.Router);
        Session = null!;
    }

    internal Outbox Outbox { get; }

    internal StanzaIntake Intake { get; }

    internal Session Session { get; set; }

    internal int Failures { get; private set; }

    internal bool IsStopped { get; private set; }

    /// <summary>Whether the loop has ended once it was stopped.</summary>
    internal bool LetsGo { get; set; } = true;

    public void Stop(XmppHost.Stanzas.StreamError? error)
    {
        IsStopped = true;
        if (LetsGo) _loop.TrySetResult();
    }

    public Task LoopEndedAsync() => _loop.Task;

    internal void EndLoop() => _loop.TrySetResult();

    /// <summary>The client reads until nothing more comes; gives what it read as text.</summary>
    internal async Task<string> ReadAsync()
    {
        var text = new StringBuilder();
        while (true)
        {
            var drained = Outbox.DrainAsync();
            while (_pipe.Reader.TryRead(out var read))
            {
                text.Append(Encoding.UTF8.GetString(read.Buffer));
                _pipe.Reader.AdvanceTo(read.Buffer.End);
                if (read.IsCompleted) return text.ToString();
            }

            if (drained.IsCompleted) return text.ToString();
            await Task.WhenAny(drained, Task.Delay(1));
        }
    }

    /// <summary>The ids of the stanzas that the client reads.</summary>
    internal async Task<string[]> IdsAsync() => [.. Id().Matches(await ReadAsync()).Select(m => m.Groups[1].Value)];

    /// <summary>Completes when something was written that the client does not read: what is sent from now on waits behind it.</summary>
    internal async Task HangAsync()
    {
        var read = await _pipe.Reader.ReadAsync();
        _pipe.Reader.AdvanceTo(read.Buffer.Start);
    }

    /// <summary>What the client has not read yet stays where it is; the connection is gone.</summary>
    internal Task BreakAsync() => _pipe.Reader.CompleteAsync().AsTask();

    internal static XmppElement Element(string name) => new(name, "urn:test");

    [GeneratedRegex("""<(?:message|presence|iq)[^>]* id=['"]([^'"]*)['"]""")]
    private static partial Regex Id();
}
