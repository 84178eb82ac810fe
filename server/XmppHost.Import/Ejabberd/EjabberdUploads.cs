using XmppHost.Import.Drafts;
using XmppHost.Import.Sources;

namespace XmppHost.Import.Ejabberd;

/// <summary>ejabberd's upload modules of one host.</summary>
internal sealed class EjabberdUploads(EjabberdConfig config, ImportLog log)
{
    private const string S3 = "mod_s3_upload";
    private const string Local = "mod_http_upload";
    private const string Quota = "mod_http_upload_quota";

    internal static bool IsOne(string module) => module is S3 or Local or Quota;

    internal void Import(HostDraft host, OptionMap modules)
    {
        if (modules[S3] is { } s3) host.Give(S3Upload.Read(Reader(S3, s3), s3.Place, new EjabberdAccess(config, host.Name, log), log));
        if (modules[Local] is { } local)
        {
            if (modules[S3] is not null) log.Warn(local.Place, $"{host.Name} has mod_s3_upload too, and only that is imported");
            else host.Give(HttpUpload.Read(Reader(Local, local), local.Place, new EjabberdAccess(config, host.Name, log), host.Name));
        }

        if (modules[Quota] is { } quota) HttpUploadQuota.Import(Reader(Quota, quota), quota.Place, host, new EjabberdShapers(config, host.Name), log);
    }

    private OptionReader Reader(string module, SourceValue options) => new(EjabberdConfig.AsMap(options), module, log);
}
