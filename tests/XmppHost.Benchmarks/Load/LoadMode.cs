namespace XmppHost.Benchmarks.Load;

internal enum LoadMode
{
    Register,
    Login,
    Idle,
    Chat,
    Slots,
    Put,
    Get,
}
