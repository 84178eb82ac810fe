using System.Security.Cryptography;
using System.Text;
using XmppHost.Hosting;
using XmppHost.Storage;
using XmppHost.Xml;

namespace XmppHost.Core.Sessions;

/// <summary>A session's counters and acknowledgements as the plugin of XEP-0198 sees them.</summary>
internal sealed class SessionAcks(Session session, IMessageLog log) : IReliableDelivery
{
    public bool Enabled => session.Counters is not null;

    public uint Handled => session.Counters?.Inbound.Handled ?? 0;

    public uint Sent => unchecked((uint)(session.Counters?.Sent ?? 0));

    public int Unacknowledged
    {
        get
        {
            lock (session.Gate) return session.Counters?.Count ?? 0;
        }
    }

    internal static string TokenOf(string resumptionId) => Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(resumptionId)));

    public string? Enable(TimeSpan? window)
    {
        if (window is null || session.IsEphemeral)
        {
            session.Begin(new Reliability());
            return null;
        }

        var id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        session.Begin(new Reliability { StreamKey = log.NextId(), Token = TokenOf(id), Window = window.Value });
        return id;
    }

    public bool Acknowledge(uint handled)
    {
        lock (session.Gate)
        {
            if (session.Counters is not { } counters) return false;
            counters.AckRequested = false;
            return counters.TryAcknowledge(handled, log);
        }
    }

    public ValueTask AnswerDurablyAsync(Func<uint, XmppElement> answer)
    {
        if (session.Counters is not { } counters) return ValueTask.CompletedTask;
        var handled = counters.Inbound.Handled;
        var stored = counters.Inbound.OnDisk(counters.StreamKey, log);
        if (!stored.IsCompletedSuccessfully) return AfterAsync(stored);
        Answer(handled);
        return ValueTask.CompletedTask;

        async ValueTask AfterAsync(Task append)
        {
            await append.ConfigureAwait(false);
            Answer(handled);
        }

        // Two that waited may come out of it in either order.
        void Answer(uint count)
        {
            lock (session.Gate)
            {
                var inbound = counters.Inbound;
                if (unchecked((int)(count - inbound.Answered)) > 0) inbound.Answered = count;
                session.SendElement(answer(inbound.Answered));
            }
        }
    }
}
