using Autofac;
using Microsoft.Extensions.Logging;
using XmppHost.Hosting;
using XmppHost.Plugins;
using XmppHost.Plugins.Messaging;
using XmppHost.Storage;

[assembly: XmppPlugin("Messaging", typeof(MessagingModule))]

namespace XmppHost.Plugins.Messaging;

/// <summary>Keeps messages for accounts that are away and hands them out when they come back.</summary>
[Xep(160, "1.0.1")]
[Xep(203, "2.0")]
[Xep(334, "1.0.0")]
internal sealed class MessagingModule(PluginContext plugin) : PluginModule(plugin)
{
    protected override void Load(ContainerBuilder builder)
    {
        builder.RegisterInstance(Options<MessagingOptions>());
        builder.AddFeature("msgoffline");
        builder.Add<OfflineCounts>();
        builder.Add<StoreOfflineFilter>();
        builder.Add<OfflineData>();
        builder.Register(c => new OfflineDelivery(
            c.Resolve<IMessageLog>(), c.Resolve<ISessionDirectory>(), c.Resolve<IVHost>(), Plugin.Loggers.CreateLogger<OfflineDelivery>())).SingleInstance();
        builder.Add<DeliverOfflineObserver>();
    }
}
