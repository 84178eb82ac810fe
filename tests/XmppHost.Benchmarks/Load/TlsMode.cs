namespace XmppHost.Benchmarks.Load;

internal enum TlsMode
{
    None,
    StartTls,
    Direct,
}
