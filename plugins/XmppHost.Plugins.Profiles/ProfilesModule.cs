using Autofac;
using XmppHost.Handlers;
using XmppHost.Plugins;
using XmppHost.Plugins.Profiles;

[assembly: XmppPlugin("Profiles", typeof(ProfilesModule))]

namespace XmppHost.Plugins.Profiles;

/// <summary>XEP-0054: the card that people show of themselves.</summary>
[Xep(54, "1.3.0")]
internal sealed class ProfilesModule(PluginContext plugin) : PluginModule(plugin)
{
    protected override void Load(ContainerBuilder builder)
    {
        builder.RegisterInstance(Options<ProfilesOptions>());
        builder.AddFeature(CardXml.Namespace, target: IqTarget.Host | IqTarget.OwnAccount);
        builder.Add<Cards>();
        builder.Add<GetCardHandler>();
        builder.Add<SetCardHandler>();
    }
}
