using System.Numerics;

namespace XmppHost.Xml;

/// <summary>
/// Working states that no reader needs at the moment, one or two for each processor. Like an array pool it is shared by the process and has no
/// meaning of its own; what does not fit is left to the garbage collector.
/// </summary>
internal static class BuilderPool
{
    private static readonly ElementBuilder?[] Slots = new ElementBuilder?[2 * BitOperations.RoundUpToPowerOf2((uint)Environment.ProcessorCount)];

    public static ElementBuilder Rent()
    {
        var first = (Thread.GetCurrentProcessorId() * 2) & (Slots.Length - 1);
        return Interlocked.Exchange(ref Slots[first], null) ?? Interlocked.Exchange(ref Slots[first + 1], null) ?? new ElementBuilder();
    }

    public static void Return(ElementBuilder builder)
    {
        builder.Clear();
        var first = (Thread.GetCurrentProcessorId() * 2) & (Slots.Length - 1);
        var slot = Slots[first] is null ? first : first + 1;
        Volatile.Write(ref Slots[slot], builder);
    }
}
