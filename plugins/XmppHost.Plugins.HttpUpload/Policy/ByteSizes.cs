namespace XmppHost.Plugins.HttpUpload.Policy;

internal static class ByteSizes
{
    /// <summary>Null for <c>unlimited</c>.</summary>
    internal static long? Limit(this ByteSize size) => size.IsUnlimited ? null : size.Bytes;
}
