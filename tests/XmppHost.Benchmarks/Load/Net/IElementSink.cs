namespace XmppHost.Benchmarks.Load.Net;

/// <summary>Whoever is in charge of a connection at the moment: the login first, the load after it.</summary>
internal interface IElementSink
{
    /// <summary>One complete child of the stream, or a stream tag. The bytes are gone after the call.</summary>
    void OnElement(Connection connection, ElementKind kind, ReadOnlySpan<byte> xml);

    void OnSecured(Connection connection)
    {
    }

    /// <summary>Called once; <paramref name="reason"/> is null where this side closed.</summary>
    void OnClosed(Connection connection, string? reason);
}
