namespace XmppHost.Plugins;

/// <summary>A number of bytes, written in config as <c>100 MiB</c>, <c>2GB</c>, <c>1024</c> or <c>unlimited</c>.</summary>
public readonly record struct ByteSize(long Bytes)
{
    public static ByteSize Unlimited { get; } = new(long.MaxValue);

    public bool IsUnlimited => Bytes == long.MaxValue;
}
