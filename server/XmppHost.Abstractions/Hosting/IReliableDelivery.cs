using XmppHost.Xml;

namespace XmppHost.Hosting;

/// <summary>A session's counters and acknowledgements: what XEP-0198 needs from the core.</summary>
public interface IReliableDelivery
{
    bool Enabled { get; }

    /// <summary>Stanzas from the client handled since <see cref="Enable"/>, modulo 2^32.</summary>
    uint Handled { get; }

    /// <summary>Stanzas sent to the client since <see cref="Enable"/>, modulo 2^32.</summary>
    uint Sent { get; }

    /// <summary>Stanzas sent to the client since <see cref="Enable"/> that it has not acknowledged.</summary>
    int Unacknowledged { get; }

    /// <summary>Starts counting in both directions.</summary>
    /// <param name="window">How long the session survives without a connection, or null for no resumption.</param>
    /// <returns>The resumption id to hand to the client, or null without resumption.</returns>
    string? Enable(TimeSpan? window);

    /// <summary>The client has handled <paramref name="handled"/> stanzas. False when it claims more than were sent.</summary>
    bool Acknowledge(uint handled);

    /// <summary>
    /// Queues what <paramref name="answer"/> makes of a count, once the effects of all stanzas counted by the time of the call, and the count itself, are on disk: only then may
    /// it be acknowledged. Counts never go back from one answer to the next. Faults when they could not be written.
    /// </summary>
    ValueTask AnswerDurablyAsync(Func<uint, XmppElement> answer);
}
