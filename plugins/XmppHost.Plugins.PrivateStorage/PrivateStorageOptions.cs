using System.ComponentModel.DataAnnotations;

namespace XmppHost.Plugins.PrivateStorage;

internal sealed record PrivateStorageOptions
{
    /// <summary>Elements that one account may keep.</summary>
    [Range(1, 100_000)]
    public int MaxItems { get; init; } = 100;

    /// <summary>One element, as UTF-8.</summary>
    public ByteSize MaxSize { get; init; } = new(128 * 1024);
}
