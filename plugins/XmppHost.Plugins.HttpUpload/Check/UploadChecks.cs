using XmppHost.Hosting;
using XmppHost.Plugins.HttpUpload.Backends;
using XmppHost.Storage;

namespace XmppHost.Plugins.HttpUpload.Check;

/// <summary>Makes the check of a host's backend.</summary>
internal sealed class UploadChecks(HttpUploadOptions options, IUploadBackend backend, IUploadLedger ledger, IVHost host, TimeProvider time, Func<S3Access> s3)
{
    /// <summary>What is checked, for the first line.</summary>
    internal string Subject => options.Backend switch
    {
        UploadBackendKind.S3 => $"s3, {S3Location.Of(options.S3!).ObjectsUrl}",
        UploadBackendKind.External => $"external, {options.External!.BaseUrl}",
        _ => $"fileStore, {backend.GetUrl("")}",
    };

    /// <summary>Each check is for one run.</summary>
    internal UploadCheck Create() => options.Backend switch
    {
        UploadBackendKind.S3 => CreateS3(s3()),
        UploadBackendKind.External => new UploadCheck(backend, new CheckFacts { SignsType = options.External!.Protocol != ServiceProtocol.V1, DeleteHelp = "deleteSecret differs from the service's, or the service knows no DELETE" }, new TokenExplanation(isEmbedded: false), host.Name, time),
        _ => new UploadCheck(backend, new CheckFacts { SignsType = true, Ledger = ledger, DeleteHelp = "see the server's log" }, new TokenExplanation(isEmbedded: true), host.Name, time),
    };

    private UploadCheck CreateS3(S3Access access)
    {
        var isPrivate = access.Options.GetMode == S3GetMode.Redirect;
        var facts = new CheckFacts
        {
            PutRight = "s3:PutObject",
            GetRight = "s3:GetObject",
            ListRight = "s3:ListBucket",
            DeleteRight = "s3:DeleteObject",
            CanLook = true,
            DeleteHelp = "the keys need the right s3:DeleteObject",
            SizeHelp = "the store does not verify signed headers, so that clients can upload more than their limit",
            SignsType = true,
            DownloadUrl = isPrivate ? key => access.SignAsync(new S3Request("GET", key, TimeSpan.FromMinutes(5)), access.Now) : null,
            MustBeClosed = isPrivate ? key => BaseUrl.Append(access.Location.ObjectsUrl, key) : null,
            ListUrl = access.Location.BucketUrl,
            Origins = access.Options.CorsOrigins,
        };
        return new UploadCheck(backend, facts, new S3Explanation(access, host.Name, time), host.Name, time);
    }
}
