using System.Globalization;
using XmppHost.Plugins.HttpUpload.Policy;
using XmppHost.Stanzas;
using XmppHost.Xml;

namespace XmppHost.Plugins.HttpUpload.Slots;

/// <summary>Reads the request of XEP-0363 section 4, in either namespace.</summary>
internal sealed class OrderReader(Purposes purposes, TimeProvider time)
{
    internal (SlotOrder? Order, Refusal? Refusal) Read(XmppElement request, Phrases phrases)
    {
        var name = UploadXml.Value(request, "filename");
        if (FileName.Check(name) is var problem and not NameProblem.None) return (null, Refusal.Syntax(phrases, phrases.Of(problem)));
        if (ParseSize(UploadXml.Value(request, "size")) is not { } size) return (null, Refusal.Syntax(phrases, phrases.SizeMalformed));
        var type = UploadXml.Value(request, "content-type")?.Trim();
        if (type is not null && !ContentTypes.IsOne(type)) return (null, Refusal.Syntax(phrases, phrases.TypeMalformed));
        var (purpose, expiry, refusal) = ReadPurpose(request, phrases);
        return purpose is null ? (null, refusal) : (new SlotOrder(FileName.Shorten(name!), size, type is "" ? null : type, purpose, expiry), null);
    }

    private (Purpose? Purpose, DateTimeOffset? Expiry, Refusal? Refusal) ReadPurpose(XmppElement request, Phrases phrases)
    {
        XmppElement? stated = null;
        foreach (var child in request.Elements())
        {
            if (child.Namespace != UploadXml.PurposeNamespace) continue;
            if (stated is not null) return (null, null, Refusal.Syntax(phrases, phrases.PurposeTwice));
            stated = child;
        }

        // XEP-0363 section 4.1: message is the purpose of what states none.
        if (stated is null) return (purposes.Message, null, null);
        if (purposes.Find(stated.Name) is not { } purpose) return (null, null, RefusalXml.PurposeNotServed(phrases));
        if (!purpose.NeedsExpiry) return (purpose, null, null);
        if (XmppDateTime.TryParse(stated.Attribute("expire-before")) is not { } expiry) return (null, null, Refusal.Syntax(phrases, phrases.ExpiryMalformed));
        return expiry > time.GetUtcNow() ? (purpose, expiry, null) : (null, null, Refusal.Syntax(phrases, phrases.ExpiryPassed));
    }

    // xs:positiveInteger has no bound: what is beyond ours is too large, not malformed.
    private static long? ParseSize(string? text)
    {
        if (long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var size)) return size > 0 ? size : null;
        return text is { Length: > 18 } && text.All(char.IsAsciiDigit) ? long.MaxValue : null;
    }
}
