using XmppHost.Benchmarks.Load.Measuring;
using XmppHost.Benchmarks.Load.Modes;

namespace XmppHost.Benchmarks.Load;

internal static class LoadRunner
{
    public static LoadReport Run(LoadMode mode, LoadOptions options) => mode switch
    {
        LoadMode.Register => RegisterMode.Run(options),
        LoadMode.Login => LoginMode.Run(options),
        LoadMode.Idle => IdleMode.Run(options),
        LoadMode.Chat => ChatMode.Run(options),
        LoadMode.Slots => SlotMode.Run(options),
        _ => throw new ArgumentOutOfRangeException(nameof(mode)),
    };
}
