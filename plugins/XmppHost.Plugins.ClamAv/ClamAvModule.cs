using Autofac;
using Microsoft.Extensions.Logging;
using XmppHost.Plugins;
using XmppHost.Plugins.ClamAv;

[assembly: XmppPlugin("ClamAv", typeof(ClamAvModule))]

namespace XmppHost.Plugins.ClamAv;

internal sealed class ClamAvModule(PluginContext plugin) : PluginModule(plugin)
{
    protected override void Load(ContainerBuilder builder)
    {
        var options = Options<ClamAvOptions>();
        if (!Plugin.HostPlugins.Any(p => p is "HttpUpload" or "FileStore"))
            Plugin.Problems.Add($"{Plugin.Config.Path.Replace(':', '.')}: there is nothing to scan: neither HttpUpload nor FileStore is on in this host");

        builder.Register(c => new Clamd(options.ParsedAddress, options.Timeout, c.Resolve<TimeProvider>())).SingleInstance();
        builder.Add(c => new UploadScanner(c.Resolve<Clamd>(), options, new ScanMetrics(Plugin.Meter), c.Resolve<TimeProvider>(), c.Resolve<ILogger<UploadScanner>>()));
    }
}
