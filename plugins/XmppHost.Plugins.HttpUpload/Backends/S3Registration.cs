using System.Runtime.CompilerServices;
using Autofac;
using XmppHost.Hosting;
using XmppHost.Plugins.HttpUpload.Redirect;
using XmppHost.Storage;

namespace XmppHost.Plugins.HttpUpload.Backends;

/// <summary>What a host with an S3 bucket has. By itself, so that hosts without never load the SDK.</summary>
internal static class S3Registration
{
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static void AddS3(this ContainerBuilder builder, HttpUploadOptions options)
    {
        builder.Register(c => new S3Access(options.S3!, c.Resolve<TimeProvider>())).SingleInstance();
        builder.Register(c =>
        {
            var (access, host) = (c.Resolve<S3Access>(), c.Resolve<IVHost>());
            return new S3UploadBackend(access, options.SlotTtl, () => Downloads(access, host));
        }).SingleInstance();
        if (options.S3 is { GetMode: S3GetMode.Redirect })
            builder.Add(c => new RedirectEndpoints(c.Resolve<IVHost>(), c.Resolve<S3Access>(), c.Resolve<IUploadLedger>(), c.Resolve<Lazy<IEnumerable<IUploadObserver>>>()));
    }

    /// <summary>What stands before a key in URLs for download.</summary>
    internal static string Downloads(S3Access access, IVHost host)
    {
        if (access.Options.GetMode == S3GetMode.Redirect) return RedirectPath.BaseUrl(host);
        return access.Options.GetBaseUrl is { } url ? BaseUrl.Text(url) : access.Location.ObjectsUrl;
    }
}
