using System.Buffers.Binary;
using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace XmppHost.Benchmarks.Load.Net;

/// <summary>Linux epoll, level-triggered. One thread owns it, so nothing here locks.</summary>
internal sealed partial class Epoll : IDisposable
{
    public const uint Readable = 0x001;
    public const uint Writable = 0x004;

    private const int Add = 1;
    private const int Remove = 2;
    private const int Modify = 3;
    private const int MaxEvents = 512;

    // struct epoll_event is packed on x86-64 and naturally aligned everywhere else.
    private static readonly int DataOffset = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 4 : 8;
    private static readonly int Stride = DataOffset + 8;

    private readonly int _handle = Check(EpollCreate(0));
    private readonly byte[] _events = GC.AllocateUninitializedArray<byte>(MaxEvents * 16, pinned: true);

    public void Watch(int descriptor, int slot, uint interest) => Control(Add, descriptor, slot, interest);

    public void Change(int descriptor, int slot, uint interest) => Control(Modify, descriptor, slot, interest);

    public void Forget(int descriptor) => Control(Remove, descriptor, 0, 0);

    /// <summary>Waits at most <paramref name="timeoutTicks"/> stopwatch ticks; returns how many events <see cref="Slot"/> can be asked for.</summary>
    public int Wait(long timeoutTicks)
    {
        var nanoseconds = timeoutTicks <= 0 ? 0 : (long)(timeoutTicks * (1e9 / Stopwatch.Frequency));
        var timeout = new TimeSpec(nanoseconds / 1_000_000_000, nanoseconds % 1_000_000_000);
        var count = EpollWait(_handle, ref _events[0], MaxEvents, ref timeout, 0);
        return Math.Max(count, 0);   // a signal (EINTR) counts as no event
    }

    public int Slot(int index) => BinaryPrimitives.ReadInt32LittleEndian(_events.AsSpan((index * Stride) + DataOffset));

    public void Dispose() => _ = Close(_handle);

    private void Control(int operation, int descriptor, int slot, uint interest)
    {
        Span<byte> item = stackalloc byte[16];
        BinaryPrimitives.WriteUInt32LittleEndian(item, interest);
        BinaryPrimitives.WriteInt64LittleEndian(item[DataOffset..], slot);
        Check(EpollControl(_handle, operation, descriptor, ref item[0]));
    }

    private static int Check(int result) => result < 0 ? throw new Win32Exception(Marshal.GetLastPInvokeError()) : result;

    [LibraryImport("libc", EntryPoint = "epoll_create1", SetLastError = true)]
    private static partial int EpollCreate(int flags);

    [LibraryImport("libc", EntryPoint = "epoll_ctl", SetLastError = true)]
    private static partial int EpollControl(int epoll, int operation, int descriptor, ref byte item);

    // epoll_wait counts in milliseconds, too coarse for pacing 500 messages a second.
    [LibraryImport("libc", EntryPoint = "epoll_pwait2", SetLastError = true)]
    private static partial int EpollWait(int epoll, ref byte events, int maxEvents, ref TimeSpec timeout, nint signalMask);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);

    [StructLayout(LayoutKind.Sequential)]
    private readonly struct TimeSpec(long seconds, long nanoseconds)
    {
        private readonly long _seconds = seconds;
        private readonly long _nanoseconds = nanoseconds;
    }
}
