namespace XmppHost.Plugins.HttpUpload.Policy;

/// <summary>How large a file may be.</summary>
/// <param name="Bytes">The largest size that is accepted.</param>
/// <param name="Shown">The limit as people know it, without what encryption adds.</param>
internal readonly record struct SizeLimit(long Bytes, long Shown);
