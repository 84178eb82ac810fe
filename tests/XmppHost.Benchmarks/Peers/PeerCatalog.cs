namespace XmppHost.Benchmarks.Peers;

internal static class PeerCatalog
{
    /// <summary>This project's server as the same build made it: artifacts/bin/XmppHost.Server/release beside artifacts/bin/PROGRAM/release.</summary>
    public static string BuiltServer
    {
        get
        {
            var own = Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory);
            return Path.GetFullPath(Path.Combine(own, "..", "..", "XmppHost.Server", Path.GetFileName(own), "xmpphost.dll"));
        }
    }

    public static IReadOnlyList<IPeer> All(string xmppHostAssembly) =>
    [
        new Prosody("prosody", "generational"),
        new Prosody("prosody-packaged-gc", "incremental"),
        new Ejabberd("ejabberd"),
        new Ejabberd("ejabberd-no-busy-wait", "+sbwt", "none", "+sbwtdcpu", "none", "+sbwtdio", "none"),
        new Nginx(),
        new XmppHostServer(xmppHostAssembly),
    ];
}
