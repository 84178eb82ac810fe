using Autofac;
using XmppHost.Handlers;
using XmppHost.Plugins;
using XmppHost.Plugins.Commands;

[assembly: XmppPlugin("Commands", typeof(CommandsModule), Requires = ["Disco"])]

namespace XmppHost.Plugins.Commands;

internal sealed class CommandsModule(PluginContext plugin) : PluginModule(plugin)
{
    protected override void Load(ContainerBuilder builder)
    {
        builder.RegisterInstance(Options<CommandsOptions>());
        builder.Add<CommandCatalogue>();
        builder.Add<CommandSessions>();
        foreach (var service in new[] { null, IqKey.AnyService })
        {
            builder.Add(c => new CommandHandler(service, c.Resolve<CommandCatalogue>(), c.Resolve<CommandSessions>()));
            builder.Add(_ => new RefuseGetHandler(service));
        }
    }
}
