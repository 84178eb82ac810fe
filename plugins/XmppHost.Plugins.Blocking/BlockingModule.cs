using Autofac;
using XmppHost.Handlers;
using XmppHost.Hosting;
using XmppHost.Plugins;
using XmppHost.Plugins.Blocking;

[assembly: XmppPlugin("Blocking", typeof(BlockingModule))]

namespace XmppHost.Plugins.Blocking;

/// <summary>XEP-0191: whom an account neither hears nor speaks to.</summary>
[Xep(191, "1.3")]
internal sealed class BlockingModule(PluginContext plugin) : PluginModule(plugin)
{
    protected override void Load(ContainerBuilder builder)
    {
        builder.RegisterInstance(Options<BlockingOptions>());
        builder.AddFeature(BlockingXml.Namespace, target: IqTarget.Host);
        builder.Add<BlockLists>();
        builder.Add<BlockData>();
        builder.Register(c => new BlockedPresence(c.Resolve<ISessionDirectory>(), c.Resolve<IStanzaRouter>(), c.ResolveOptional<IRosterView>())).SingleInstance();
        builder.Add<ListHandler>();
        builder.Add<BlockHandler>();
        builder.Add<UnblockHandler>();
        builder.Add<OutgoingFilter>();
        builder.Add<IncomingFilter>();
    }
}
