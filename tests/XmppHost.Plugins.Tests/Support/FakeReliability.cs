using XmppHost.Hosting;

namespace XmppHost.Plugins.Tests.Support;

/// <summary>XEP-0198's counters, to be set by a test.</summary>
internal sealed class FakeReliability : IReliableDelivery
{
    public bool Enabled { get; set; }

    public uint Handled { get; set; }

    public uint Sent { get; set; }

    public int Unacknowledged { get; set; }

    /// <summary>What <see cref="Enable"/> hands out when it is asked for resumption.</summary>
    public string ResumptionId { get; init; } = "resumption-id";

    public TimeSpan? Window { get; private set; }

    public uint Acknowledged { get; private set; }

    public string? Enable(TimeSpan? window)
    {
        Enabled = true;
        Window = window;
        return window is null ? null : ResumptionId;
    }

    public bool Acknowledge(uint handled)
    {
        if (handled > Acknowledged + Unacknowledged) return false;
        Unacknowledged -= (int)(handled - Acknowledged);
        Acknowledged = handled;
        return true;
    }

    public ValueTask AnswerDurablyAsync(Func<uint, XmppHost.Xml.XmppElement> answer)
    {
        Answers.Add(answer(Handled));
        return ValueTask.CompletedTask;
    }

    public List<XmppHost.Xml.XmppElement> Answers { get; } = [];
}
