using System.ComponentModel.DataAnnotations;

namespace XmppHost.Plugins.Messaging;

internal sealed record MessagingOptions
{
    /// <summary>Messages that wait for one account; further ones are refused.</summary>
    [Range(0, 1_000_000)]
    public int MaxMessages { get; init; } = 1000;
}
