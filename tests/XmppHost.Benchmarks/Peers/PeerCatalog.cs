namespace XmppHost.Benchmarks.Peers;

internal static class PeerCatalog
{
    public static IReadOnlyList<IPeer> All(string xmppHostAssembly) =>
    [
        new Prosody("prosody", "generational"),
        new Prosody("prosody-packaged-gc", "incremental"),
        new Ejabberd("ejabberd"),
        new Ejabberd("ejabberd-no-busy-wait", "+sbwt", "none", "+sbwtdcpu", "none", "+sbwtdio", "none"),
        new XmppHostServer(xmppHostAssembly),
    ];
}
