using XmppHost.Plugins.HttpUpload.Policy;

namespace XmppHost.Plugins.HttpUpload.Slots;

/// <summary>Whether this host takes a file: type, then size. Who asks, and how much he has already, is looked at elsewhere.</summary>
internal sealed class SlotPolicy(HttpUploadOptions options, SizeLimits sizes)
{
    private readonly ContentTypes _types = new(options.AllowedTypes, options.DeniedTypes);

    /// <summary>Null when it does.</summary>
    internal Refusal? Check(SlotOrder order, Limits limits, string ns, Phrases phrases)
    {
        if (order.ContentType is null ? _types.MustBeGiven : !_types.Allows(order.ContentType))
            return RefusalXml.Type(phrases, order.ContentType is null ? phrases.TypeMissing : phrases.TypeNotAllowed);
        var limit = sizes.Of(limits, order.Purpose);
        return order.Size > limit.Bytes ? RefusalXml.TooLarge(ns, limit, phrases) : null;
    }
}
