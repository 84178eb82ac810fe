using Autofac;
using XmppHost.Hosting;
using XmppHost.Plugins.HttpUpload.Backends;
using XmppHost.Plugins.HttpUpload.Check.Setup;
using XmppHost.Storage;

namespace XmppHost.Plugins.HttpUpload.Check;

internal static class CheckRegistration
{
    internal static void AddChecks(this ContainerBuilder builder)
    {
        // Only a host with a bucket has access to one.
        builder.Register<Func<S3Access>>(c =>
        {
            var parts = c.Resolve<IComponentContext>();
            return () => parts.Resolve<S3Access>();
        }).Named<Func<S3Access>>("access").SingleInstance();
        builder.Register(c => new UploadChecks(c.Resolve<HttpUploadOptions>(), c.Resolve<IUploadBackend>(), c.Resolve<IUploadLedger>(), c.Resolve<IVHost>(), c.Resolve<TimeProvider>(), c.ResolveNamed<Func<S3Access>>("access"))).SingleInstance();
        builder.Add<CheckCommand>();
        builder.Add<StartupCheck>();
        builder.Add(c => new SetupCommand(c.Resolve<HttpUploadOptions>(), c.Resolve<IVHost>(), c.Resolve<TimeProvider>(), c.ResolveNamed<Func<S3Access>>("access")));
    }
}
