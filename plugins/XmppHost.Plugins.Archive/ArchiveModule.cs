using Autofac;
using Microsoft.Extensions.Logging;
using XmppHost.Handlers;
using XmppHost.Hosting;
using XmppHost.Plugins;
using XmppHost.Plugins.Archive;
using XmppHost.Stanzas;
using XmppHost.Storage;

[assembly: XmppPlugin("Archive", typeof(ArchiveModule))]

namespace XmppHost.Plugins.Archive;

/// <summary>Accounts' archives: what was said, for every device to look back to.</summary>
[Xep(313, "1.1.3", Partial = "archives of accounts only")]
[Xep(359, "0.7.0")]
[Xep(441, "0.2.0")]
[Xep(59, "1.0", Partial = "pages by position are not offered")]
internal sealed class ArchiveModule(PluginContext plugin) : PluginModule(plugin)
{
    protected override void Load(ContainerBuilder builder)
    {
        var options = Options<ArchiveOptions>();
        builder.RegisterInstance(options);
        foreach (var feature in new[] { ArchiveXml.Namespace, ArchiveXml.Extended, ArchiveXml.GroupchatField, Ns.StanzaId }) builder.AddFeature(feature, target: IqTarget.OwnAccount);
        builder.Register(c => new PreferenceStore(c.Resolve<IKeyValueStore>(), c.Resolve<IAccounts>(), options, c.ResolveOptional<IRosterView>())).SingleInstance();
        builder.Add<ArchiveReader>();
        builder.Add<SentFilter>();
        builder.Add<ReceivedFilter>();
        builder.Add<QueryHandler>();
        builder.Add<FieldsHandler>();
        builder.Add<MetadataHandler>();
        builder.Add<GetPreferencesHandler>();
        builder.Add<SetPreferencesHandler>();
        builder.Add<ArchiveData>();
        if (options.Retention is not { } retention) return;
        builder.Add(c => new RetentionSweep(
            c.Resolve<IMessageArchive>(), c.Resolve<IVHost>(), c.Resolve<TimeProvider>(), retention, options.SweepInterval, Plugin.Loggers.CreateLogger<RetentionSweep>()));
    }
}
