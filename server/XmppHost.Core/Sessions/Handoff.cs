using XmppHost.Stanzas;
using XmppHost.Storage;

namespace XmppHost.Core.Sessions;

/// <summary>
/// One message that several devices of an account are handed. It has arrived when one of them has it, and is lost only when all of them went without; that it is kept offline
/// after the first went would show it twice to the others. One log row stands for it: that of the first device, which outlives the device as long as it is open who gets it.
/// </summary>
internal sealed class Handoff(Stanza message)
{
    private readonly Lock _gate = new();

    // Whoever hands it out counts as one until it is done: a device that dies meanwhile is not the last.
    private int _holders = 1;
    private long _row;
    private bool _parked;
    private bool _taken;

    /// <summary>The first device has it on its way: what follows are copies.</summary>
    internal bool HasFirst { get; private set; }

    /// <summary>The append that the sender was promised, which copies wait for too.</summary>
    internal Task? Gate { get; private set; }

    /// <summary>Another device is handed it.</summary>
    /// <param name="row">A row that would wait offline if nobody got it, or 0. The first device's stands for the message.</param>
    /// <param name="gate">What this device waits for.</param>
    internal void Add(long row, Task? gate)
    {
        lock (_gate)
        {
            if (!HasFirst) (_row, Gate) = (row, gate);
            HasFirst = true;
            _holders++;
        }
    }

    /// <summary>A device does without it for a while, and nobody is told that it went nowhere.</summary>
    internal void Waive(IMessageLog log)
    {
        Add(0, null);
        Taken(log);
    }

    /// <summary>The device could not take it after all.</summary>
    internal void Withdraw(long row)
    {
        lock (_gate)
        {
            _holders--;
            if (row == 0 || row != _row) return;
            _row = 0;
            HasFirst = false;
        }
    }

    /// <summary>One of the devices has it.</summary>
    internal void Taken(IMessageLog log)
    {
        lock (_gate)
        {
            if (_taken) return;
            _taken = true;
            if (_parked) _ = log.Remove(_row);
        }
    }

    /// <summary>A device ended without having got it, or all were handed it. Returns the message when it is lost.</summary>
    internal Stanza? GiveUp(long row, IMessageLog log)
    {
        lock (_gate)
        {
            _holders--;
            var stands = row != 0 && row == _row;
            if (_taken)
            {
                if (stands) _ = log.Remove(row);
                return null;
            }

            if (_holders > 0)
            {
                // To a stream that never was: out of everybody's sight, and offline should the server not live to decide.
                if (stands) _ = log.Assign(row, log.NextId(), 0);
                _parked |= stands;
                return null;
            }

            if (_row == 0) return message;
            if (_parked) _ = log.Assign(_row, null, 0);
            return null;
        }
    }
}
