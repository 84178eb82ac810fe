using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace XmppHost.Benchmarks.Load.Net;

/// <summary>
/// All connections of a run on the thread that calls <see cref="RunUntil"/>. What the sinks write during one turn leaves in one send per
/// connection at its end, so the system calls are shared just as a real client's Nagle-free bursts would share them.
/// </summary>
internal sealed class EventLoop(CancellationToken stop) : IDisposable
{
    public const int SharedBufferSize = 256 * 1024;

    private readonly Epoll _epoll = new();
    private readonly byte[] _shared = GC.AllocateUninitializedArray<byte>(SharedBufferSize, pinned: true);
    private readonly List<IEventSource?> _slots = [];
    private readonly Stack<int> _freeSlots = [];
    private readonly List<Connection> _dirty = [];

    /// <summary>A connected socket that does not block.</summary>
    public static Socket Dial(IPEndPoint server)
    {
        if (!IPAddress.IsLoopback(server.Address)) throw new InvalidOperationException($"Only loopback is ever loaded, not {server.Address}.");
        var socket = new Socket(server.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        socket.Connect(server);
        socket.Blocking = false;
        return socket;
    }

    public Connection Connect(IPEndPoint server, IElementSink sink)
    {
        var connection = new Connection(this, Dial(server), sink);
        Add(connection);
        return connection;
    }

    public void Add(IEventSource source)
    {
        if (!_freeSlots.TryPop(out var slot))
        {
            slot = _slots.Count;
            _slots.Add(null);
        }

        _slots[slot] = source;
        source.Slot = slot;
        _epoll.Watch(source.Descriptor, slot, Epoll.Readable);
    }

    /// <summary>Turns until <paramref name="isDone"/> says so; false when <paramref name="limit"/> came first.</summary>
    public bool RunUntil(Func<bool> isDone, TimeSpan limit, IPacer? pacer = null)
    {
        var deadline = Stopwatch.GetTimestamp() + (long)(limit.TotalSeconds * Stopwatch.Frequency);
        var longestWait = Stopwatch.Frequency / 200;
        FlushDirty();
        while (!isDone())
        {
            stop.ThrowIfCancellationRequested();
            var now = Stopwatch.GetTimestamp();
            if (now >= deadline) return false;
            var wait = Math.Min(Math.Min(deadline - now, longestWait), pacer is null ? long.MaxValue : pacer.NextDue - now);
            Turn(wait, pacer);
        }

        return true;
    }

    public void RunFor(TimeSpan time, IPacer? pacer = null) => RunUntil(() => false, time, pacer);

    public void Dispose()
    {
        foreach (var connection in _slots.ToArray()) connection?.Close();
        _epoll.Dispose();
    }

    internal void MarkDirty(Connection connection) => _dirty.Add(connection);

    internal void Watch(IEventSource source, bool alsoWritable) =>
        _epoll.Change(source.Descriptor, source.Slot, alsoWritable ? Epoll.Readable | Epoll.Writable : Epoll.Readable);

    internal void Forget(IEventSource source)
    {
        _epoll.Forget(source.Descriptor);
        _slots[source.Slot] = null;
        _freeSlots.Push(source.Slot);
    }

    private void Turn(long waitTicks, IPacer? pacer)
    {
        var count = _epoll.Wait(waitTicks);
        for (var i = 0; i < count; i++)
            _slots[_epoll.Slot(i)]?.OnReady(_shared);
        pacer?.Tick(Stopwatch.GetTimestamp());
        FlushDirty();
    }

    private void FlushDirty()
    {
        for (var i = 0; i < _dirty.Count; i++) _dirty[i].Flush();   // a flush can close a connection, whose owner may queue more
        _dirty.Clear();
    }
}
