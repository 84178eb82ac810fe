namespace XmppHost.Benchmarks.Peers;

internal enum UploadKind
{
    /// <summary>It hands out slots for its own file store, beside the rest of an XMPP server.</summary>
    Slots,

    /// <summary>It takes and serves files; an XMPP server hands out the slots for them.</summary>
    Files,

    /// <summary>It hands out slots for a bucket: presigned URLs.</summary>
    Bucket,
}
