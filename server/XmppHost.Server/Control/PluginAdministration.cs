using Autofac;
using XmppHost.Addressing;
using XmppHost.Administration;
using XmppHost.Core.Plugins;
using XmppHost.Plugins;

namespace XmppHost.Server.Control;

/// <summary>Carries out the commands of plugins on the hosts of this process.</summary>
internal sealed partial class PluginAdministration(IReadOnlyList<ComposedHost> hosts, ILoggerFactory loggers)
{
    private readonly ILogger _logger = loggers.CreateLogger<PluginAdministration>();

    internal async Task<AdminReply> ExecuteAsync(AdminRequest request, CancellationToken ct)
    {
        var (group, name) = (request.Group, request.Name);
        var domain = Jid.TryParse(request.Host) is { IsDomain: true } jid ? jid.Domain : request.Host;
        if (hosts.FirstOrDefault(h => h.Configuration.Name == domain) is not { } host)
            return AdminReply.Refused($"there is no host {domain} here{OptionNames.Hint(domain, hosts.Select(h => h.Configuration.Name))}", "hostNotFound");
        if (!host.Plugins.Any(p => p.File.Id == request.Plugin))
            return AdminReply.Refused($"the plugin {request.Plugin}, to which '{group} {name}' belongs, is off in {domain}", "pluginOff");
        if (host.Scope.Resolve<IEnumerable<IAdminCommand>>().FirstOrDefault(c => c.Info.Group == group && c.Info.Name == name) is not { } command)
            return AdminReply.Refused($"the plugin {request.Plugin} does not have the command '{group} {name}' as it runs in {domain}", "commandNotFound");
        return await RunAsync(command, request, domain, ct).ConfigureAwait(false);
    }

    private async Task<AdminReply> RunAsync(IAdminCommand command, AdminRequest request, string host, CancellationToken ct)
    {
        try
        {
            return await command.RunAsync(new AdminArguments(request.Arguments), ct).ConfigureAwait(false);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            LogFailed(e, request.Group, request.Name, host);
            return AdminReply.Refused($"failed: {Failure.Line(e)}", "failed");
        }
    }

    [LoggerMessage(1, LogLevel.Error, "the command '{Group} {Name}' failed on host {VHost}")]
    private partial void LogFailed(Exception e, string group, string name, string vHost);
}
