namespace XmppHost.Benchmarks.Load.Measuring;

/// <summary>Remembers which numbers of one sender have arrived, to tell lost from duplicated from reordered.</summary>
internal sealed class DeliveryLedger
{
    private ulong[] _arrived = new ulong[64];
    private long _next;

    public long Sent { get; private set; }

    public long Arrived { get; private set; }

    public long Duplicated { get; private set; }

    public long OutOfOrder { get; private set; }

    public long Unknown { get; private set; }

    public long Lost => Sent - Arrived;

    public uint TakeNumber() => checked((uint)Sent++);

    /// <summary>False where this arrival is not a first one.</summary>
    public bool Arrive(uint number)
    {
        if (number >= Sent)
        {
            Unknown++;
            return false;
        }

        if (number / 64 >= _arrived.Length) Array.Resize(ref _arrived, Math.Max(_arrived.Length * 2, ((int)number / 64) + 1));
        var bit = 1UL << (int)(number % 64);
        if ((_arrived[number / 64] & bit) != 0)
        {
            Duplicated++;
            return false;
        }

        _arrived[number / 64] |= bit;
        if (number != _next) OutOfOrder++;
        _next = number + 1;
        Arrived++;
        return true;
    }
}
