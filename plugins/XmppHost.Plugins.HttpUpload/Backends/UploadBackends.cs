using Microsoft.Extensions.Logging;
using XmppHost.Hosting;

namespace XmppHost.Plugins.HttpUpload.Backends;

/// <summary>Makes the backend that config chose.</summary>
internal static partial class UploadBackends
{
    internal static IUploadBackend Create(HttpUploadOptions options, IUploadStore? store, Func<IUploadBackend> s3, TimeProvider time, ILogger logger)
    {
        switch (options.Backend)
        {
            case UploadBackendKind.S3:
                WarnOfPlainHttp(logger, "s3.bucketUrl", options.S3!.BucketUrl ?? options.S3.Endpoint);
                return s3();
            case UploadBackendKind.External:
                var external = options.External!;
                WarnOfPlainHttp(logger, "external.baseUrl", external.BaseUrl);
                return new ExternalUploadBackend(
                    new ExternalSigner(external.BaseUrl!, external.Secret!.Reveal(), Protocol(external.Protocol), external.KeepUnicodeNames, options.SlotTtl, time),
                    external.DeleteSecret?.Reveal(), external.SettleAfter, time);
            default:
                return new EmbeddedUploadBackend(store!, options.SlotTtl, time);
        }
    }

    private static ExternalProtocol Protocol(ServiceProtocol protocol) => protocol switch
    {
        ServiceProtocol.V2 => ExternalProtocol.V2,
        ServiceProtocol.Token => ExternalProtocol.Token,
        ServiceProtocol.Jwt => ExternalProtocol.Jwt,
        _ => ExternalProtocol.V1,
    };

    // XEP-0363 section 4 demands TLS, and clients refuse other URLs.
    private static void WarnOfPlainHttp(ILogger logger, string option, Uri? url)
    {
        if (url?.Scheme == Uri.UriSchemeHttp) LogPlainHttp(logger, option);
    }

    [LoggerMessage(1, LogLevel.Warning, "{Option} is an http URL: clients upload to https only")]
    private static partial void LogPlainHttp(ILogger logger, string option);
}
