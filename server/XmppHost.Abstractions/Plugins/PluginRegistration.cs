using Autofac;
using XmppHost.Disco;
using XmppHost.Handlers;

namespace XmppHost.Plugins;

/// <summary>Short forms for what a module registers.</summary>
public static class PluginRegistration
{
    /// <summary>Registers a class once for the host, under every extension point of this API that it implements.</summary>
    public static void Add<T>(this ContainerBuilder builder)
        where T : class => builder.RegisterType<T>().AsSelf().AsImplementedInterfaces().SingleInstance();

    /// <summary>Registers an IQ handler, filter, observer or service that was made by hand.</summary>
    public static void Add<T>(this ContainerBuilder builder, Func<IComponentContext, T> make)
        where T : class => builder.Register(make).AsImplementedInterfaces().SingleInstance();

    /// <summary>Announces a feature in disco#info.</summary>
    public static void AddFeature(this ContainerBuilder builder, string var, string? service = null, IqTarget target = IqTarget.Host) =>
        builder.RegisterInstance(new DiscoFeature(var, service, target));

    /// <summary>Adds a service with an address of its own.</summary>
    public static void AddService(this ContainerBuilder builder, ServiceAddress service) => builder.RegisterInstance(service);
}
