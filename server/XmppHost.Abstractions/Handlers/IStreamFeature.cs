using XmppHost.Xml;

namespace XmppHost.Handlers;

/// <summary>
/// Something that is negotiated in, or lives on, the stream itself: it may stand in <c>&lt;stream:features/&gt;</c>, and it gets the
/// first-level elements of its namespace that are not stanzas, before and after resource binding.
/// </summary>
public interface IStreamFeature
{
    /// <summary>Its place among the features.</summary>
    int Order { get; }

    /// <summary>The namespace of the elements it handles, or null when it only advertises.</summary>
    string? Namespace { get; }

    /// <summary>The element for the current features, or null when it is not on offer now.</summary>
    XmppElement? Advertise(IStreamContext stream);

    ValueTask<StreamStep> HandleAsync(IStreamContext stream, XmppElement element, CancellationToken ct);
}
