using XmppHost.Import.Drafts;
using XmppHost.Import.Sources;

namespace XmppHost.Import.Prosody;

/// <summary>Prosody's upload modules, each read with its options.</summary>
internal static class ProsodyUploads
{
    internal const string External = "http_upload_external";
    internal const string S3 = "http_upload_s3";
    internal const string FileShare = "http_file_share";
    internal const string Local = "http_upload";

    internal static IReadOnlyList<string> Modules { get; } = [External, S3, FileShare, Local];

    /// <param name="options">Those of the section with the global ones below them.</param>
    /// <param name="isComponent">As a component, rather than in modules_enabled of a host.</param>
    internal static UploadDraft Read(string module, OptionMap options, Place place, bool isComponent, ImportLog log) => module switch
    {
        External => UploadExternal.Read(options, place, log),
        S3 when IsFoucaults(options, isComponent) => UploadS3.Read(options, place, log),
        S3 => UploadS3.ReadOlder(options, place, log),
        FileShare => HttpFileShare.Read(options, place, log),
        _ => HttpUploadLocal.Read(options, place, log),
    };

    // Two modules have the same name and prefix. One is loaded as a component and knows more options; the other into a host.
    private static bool IsFoucaults(OptionMap options, bool isComponent) =>
        isComponent || options.Names.Any(n => n is "http_upload_s3_base_domain" or "http_upload_s3_endpoint_url" or "http_upload_s3_access");
}
