using XmppHost.Xml;

namespace XmppHost.Handlers;

/// <summary>
/// Something that is negotiated in, or lives on, the stream itself: it may stand in <c>&lt;stream:features/&gt;</c>, and it gets the
/// first-level elements of its namespace that are not stanzas. Before binding it also gets the IQs whose payload is of its namespace.
/// </summary>
public interface IStreamFeature
{
    /// <summary>Its place among the features.</summary>
    int Order { get; }

    /// <summary>When its elements are let through; anything else at that time is the stream error <c>&lt;not-authorized/&gt;</c>.</summary>
    StreamPhases Phases => StreamPhases.BeforeBinding | StreamPhases.Bound;

    /// <summary>The namespace of the elements it handles, or null when it only advertises.</summary>
    string? Namespace { get; }

    /// <summary>The element for the current features, or null when it is not on offer now.</summary>
    XmppElement? Advertise(IStreamContext stream);

    ValueTask<StreamStep> HandleAsync(IStreamContext stream, XmppElement element, CancellationToken ct);
}

/// <summary>What a stream has behind it.</summary>
[Flags]
public enum StreamPhases
{
    BeforeAuthentication = 1,
    BeforeBinding = 2,
    Bound = 4,
}
