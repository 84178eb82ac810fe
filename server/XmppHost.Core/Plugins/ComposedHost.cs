using Autofac;
using XmppHost.Core.Configuration;
using XmppHost.Core.VHosts;
using XmppHost.Plugins;

namespace XmppHost.Core.Plugins;

/// <summary>A virtual host whose plugins have registered what they have; nothing is resolved before every host is free of problems.</summary>
/// <param name="Configuration">What config says of it.</param>
/// <param name="Scope">Its lifetime scope.</param>
/// <param name="PublicUrl">The base of URLs that clients are given.</param>
/// <param name="Plugins">The plugins that are on, in order of id.</param>
/// <param name="BoundOptions">The host's own options, for <c>config explain</c>.</param>
internal sealed record ComposedHost(
    HostConfiguration Configuration,
    ILifetimeScope Scope,
    Uri? PublicUrl,
    IReadOnlyList<(PluginFile File, PluginContext Context)> Plugins,
    IReadOnlyList<BoundOption> BoundOptions)
{
    internal VHost Activate(ICollection<string> problems)
    {
        var host = Scope.Resolve<VHost>();
        try
        {
            host.Activate(Scope, problems);
        }
        catch (Exception e)
        {
            problems.Add($"hosts.{Configuration.Name}: {Failure.Line(e)}");
        }

        return host;
    }
}
