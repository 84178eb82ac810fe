using System.Globalization;
using XmppHost.Disco;
using XmppHost.Plugins.HttpUpload.Slots;
using XmppHost.Stanzas;

namespace XmppHost.Plugins.HttpUpload;

/// <summary>The size limit in disco#info (XEP-0363 section 3); none where there is no limit.</summary>
internal sealed class LimitForm(SizeLimit limit, string service, string ns) : IDiscoForm
{
    public string? Service => service;

    public DataForm? Form() => limit.Bytes is { } bytes
        ? DataForm.Result(ns, new DataFormField("max-file-size", null, bytes.ToString(CultureInfo.InvariantCulture)))
        : null;
}
