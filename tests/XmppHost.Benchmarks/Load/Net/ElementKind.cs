namespace XmppHost.Benchmarks.Load.Net;

internal enum ElementKind
{
    Incomplete,
    StreamOpen,
    StreamClose,
    Element,
}
