using System.Net;
using XmppHost.Addressing;
using XmppHost.Hosting;
using XmppHost.Stanzas;
using XmppHost.Storage;
using XmppHost.Xml;

namespace XmppHost.Plugins.Tests.Support;

/// <summary>A session that keeps what its client would get.</summary>
internal sealed class FakeSession(Jid jid, IVHost host, FakeLog? log = null) : ISession
{
    private readonly Dictionary<string, string> _notes = [];

    public Jid Jid { get; } = jid;

    public IVHost Host { get; } = host;

    public DateTimeOffset BoundAt { get; init; }

    public bool IsAttached { get; set; } = true;

    public EndPoint? RemoteEndPoint { get; init; }

    public bool IsAnonymous { get; init; }

    public Stanza? Presence { get; set; }

    public int Priority { get; set; }

    public FakeReliability Counters { get; } = new();

    public IReliableDelivery Reliability => Counters;

    /// <summary>Everything sent since the last <see cref="Take"/>.</summary>
    public List<Stanza> Received { get; } = [];

    public List<XmppElement> Elements { get; } = [];

    /// <summary>What <see cref="CloseAsync"/> was given.</summary>
    public StreamError? ClosedWith { get; private set; }

    public bool IsClosed { get; private set; }

    /// <summary>How many more stanzas the outbox takes.</summary>
    public int Room { get; set; } = int.MaxValue;

    /// <summary>What <see cref="FlushedAsync"/> waits for.</summary>
    public Task Flushed { get; set; } = Task.CompletedTask;

    public string? this[string key]
    {
        get => _notes.GetValueOrDefault(key);
        set
        {
            if (value is null) _notes.Remove(key);
            else _notes[key] = value;
        }
    }

    public bool Send(Stanza stanza)
    {
        if (IsClosed || Room <= 0) return false;
        Room--;
        Received.Add(stanza);
        return true;
    }

    public bool SendLogged(LogRow row, Stanza stanza)
    {
        if (!Send(stanza)) return false;
        _ = log?.Remove(row.Id);
        return true;
    }

    public Task FlushedAsync() => Flushed;

    public void SendElement(XmppElement element) => Elements.Add(element);

    public ValueTask CloseAsync(StreamError? error = null)
    {
        IsClosed = true;
        ClosedWith = error;
        return ValueTask.CompletedTask;
    }

    /// <summary>What came since the last call, as XML without the stanza namespace's declaration.</summary>
    public string[] Take()
    {
        string[] received = [.. Received.Select(Wire.Text)];
        Received.Clear();
        return received;
    }
}
