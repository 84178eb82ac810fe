using System.Globalization;
using XmppHost.Disco;
using XmppHost.Plugins.HttpUpload.Policy;
using XmppHost.Stanzas;
using XmppHost.Storage;

namespace XmppHost.Plugins.HttpUpload;

/// <summary>The size limit in disco#info (XEP-0363 section 3), as it holds for messages of whoever no rule names; none where there is no limit.</summary>
internal sealed class LimitForm(SizeLimits sizes, AccessPolicy access, Purposes purposes, string service, string ns) : IDiscoForm
{
    public string? Service => service;

    public DataForm? Form() => sizes.Of(access.General, purposes.Message).Bytes is var bytes and < UploadEntry.MaxSize
        ? DataForm.Result(ns, new DataFormField("max-file-size", null, bytes.ToString(CultureInfo.InvariantCulture)))
        : null;
}
