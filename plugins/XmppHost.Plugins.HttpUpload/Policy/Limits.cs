namespace XmppHost.Plugins.HttpUpload.Policy;

/// <summary>What one requester may; null is no limit.</summary>
internal sealed record Limits(long? MaxFileSize, int? SlotsPerMinute, long? BytesPerDay, Quota Quota);

/// <summary>What somebody may have stored; null is no limit.</summary>
internal sealed record Quota(long? Bytes, long? Files);
