namespace XmppHost.Core.Streams.Sasl;

/// <summary>What of the TLS layer an authentication can be bound to (RFC 5056); computed when it is asked for.</summary>
/// <param name="ServerEndPoint"><c>tls-server-end-point</c> (RFC 5929 section 4), or null.</param>
/// <param name="Exporter">Gives <c>tls-exporter</c> (RFC 9266), or null where it is not on offer.</param>
/// <param name="Unique">Gives <c>tls-unique</c> (RFC 5929 section 3), or null. Taken, but not announced.</param>
internal sealed record ChannelBindings(byte[]? ServerEndPoint, Func<byte[]?>? Exporter, Func<byte[]?>? Unique = null)
{
    internal const string EndPointType = "tls-server-end-point";
    internal const string ExporterType = "tls-exporter";
    internal const string UniqueType = "tls-unique";

    internal static ChannelBindings None { get; } = new(null, null);

    internal bool Any => ServerEndPoint is not null || Exporter is not null;

    internal IEnumerable<string> Types
    {
        get
        {
            if (ServerEndPoint is not null) yield return EndPointType;
            if (Exporter is not null) yield return ExporterType;
        }
    }

    internal bool Takes(string? type) => Types.Contains(type) || (type == UniqueType && Unique is not null);

    /// <summary>The data of a type, or null where it is not on offer.</summary>
    internal byte[]? Find(string type) => type switch
    {
        EndPointType => ServerEndPoint,
        ExporterType => Exporter?.Invoke(),

        // COMPAT: slixmpp knows no other and takes it for TLS 1.3 too, where no RFC defines it but OpenSSL has the same message at hand on both sides.
        UniqueType => Unique?.Invoke(),
        _ => null,
    };
}
