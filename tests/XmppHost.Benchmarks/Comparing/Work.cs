using XmppHost.Benchmarks.Load;
using XmppHost.Benchmarks.Load.Measuring;
using XmppHost.Benchmarks.Peers;

namespace XmppHost.Benchmarks.Comparing;

/// <summary>One line of work that every server is put through, and the figures of it that are shown.</summary>
/// <param name="Name">As given on the command line.</param>
/// <param name="Title">As printed.</param>
/// <param name="Mode">The load generator's mode.</param>
/// <param name="Tls">How the sessions connect.</param>
/// <param name="Adjust">What differs from the generator's defaults.</param>
/// <param name="Figures">What is printed of the report, each with its unit.</param>
internal sealed record Work(string Name, string Title, LoadMode Mode, TlsMode Tls, Func<LoadOptions, LoadOptions> Adjust, params Figure[] Figures)
{
    /// <summary>What the server's upload service has to be.</summary>
    public UploadKind Uploads { get; init; }

    /// <summary>The accounts that it takes.</summary>
    public PeerPlan Plan => new(Adjust(new LoadOptions { Server = new(System.Net.IPAddress.Loopback, 1) }).Users) { Uploads = Uploads };

    public LoadOptions OptionsFor(RunningPeer peer, PeerPlan plan, double seconds)
    {
        var options = Adjust(Defaults(peer, plan, seconds));
        return options with { Web = options.WebTls ? peer.Https : peer.Http };
    }

    private LoadOptions Defaults(RunningPeer peer, PeerPlan plan, double seconds) => new()
    {
        Server = Tls == TlsMode.Direct ? peer.DirectTls : peer.Clients,
        Host = plan.Host,
        Tls = Tls,
        UserPrefix = plan.UserPrefix,
        Password = plan.Password,
        UploadService = peer.UploadService,
        UrlTemplate = peer.UrlTemplate,
        Pid = peer.Pid,
        Seconds = seconds,
    };
}
