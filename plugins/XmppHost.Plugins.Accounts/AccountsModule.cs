using Autofac;
using XmppHost.Handlers;
using XmppHost.Plugins;
using XmppHost.Plugins.Accounts;

[assembly: XmppPlugin("Accounts", typeof(AccountsModule))]

namespace XmppHost.Plugins.Accounts;

internal sealed class AccountsModule(PluginContext plugin) : PluginModule(plugin)
{
    protected override void Load(ContainerBuilder builder)
    {
        var options = Options<AccountsOptions>();
        builder.RegisterInstance(options);
        builder.RegisterType<RegistrationThrottle>().SingleInstance();
        builder.Add<RegistrationFeature>();
        builder.Add<OwnRegistrationHandler>();
        builder.Add<ChangeRegistrationHandler>();
        builder.AddFeature(RegisterXml.Namespace, target: IqTarget.Host | IqTarget.OwnAccount);
    }
}
