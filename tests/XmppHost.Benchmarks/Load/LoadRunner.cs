using XmppHost.Benchmarks.Load.Measuring;
using XmppHost.Benchmarks.Load.Modes;

namespace XmppHost.Benchmarks.Load;

internal static class LoadRunner
{
    public static LoadReport Run(LoadMode mode, LoadOptions options, CancellationToken stop) => mode switch
    {
        LoadMode.Register => RegisterMode.Run(options, stop),
        LoadMode.Login => LoginMode.Run(options, stop),
        LoadMode.Idle => IdleMode.Run(options, stop),
        LoadMode.Chat => ChatMode.Run(options, stop),
        LoadMode.Slots => SlotMode.Run(options, stop),
        LoadMode.Put => PutMode.Run(options, stop),
        LoadMode.Get => GetMode.Run(options, stop),
        _ => throw new ArgumentOutOfRangeException(nameof(mode)),
    };
}
