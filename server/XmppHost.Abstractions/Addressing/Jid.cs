namespace XmppHost.Addressing;

/// <summary>
/// An XMPP address (RFC 7622), prepared when it is made: two JIDs are equal exactly when their strings are.
/// </summary>
public sealed class Jid : IEquatable<Jid>
{
    private Jid? _bare;
    private string? _text;

    internal Jid(string? local, string domain, string? resource, string? text = null)
    {
        Local = local;
        Domain = domain;
        Resource = resource;
        _text = text;
    }

    /// <summary>The localpart after the UsernameCaseMapped profile, or null.</summary>
    public string? Local { get; }

    /// <summary>The domainpart: lower case, U-labels, no trailing dot; an IP literal as it stands.</summary>
    public string Domain { get; }

    /// <summary>The resourcepart after the OpaqueString profile, or null for a bare JID.</summary>
    public string? Resource { get; }

    public bool IsBare => Resource is null;

    public bool IsDomain => Local is null && Resource is null;

    /// <summary>This JID without its resource.</summary>
    public Jid Bare => Resource is null ? this : _bare ??= new Jid(Local, Domain, null);

    /// <summary>The domain of this JID as a JID.</summary>
    public Jid Host => IsDomain ? this : new Jid(null, Domain, null);

    /// <summary>Prepares and checks an address; null when it is not one (RFC 7622 section 3).</summary>
    public static Jid? TryParse(string? text) => JidParser.Parse(text);

    /// <summary>As <see cref="TryParse"/>, for addresses that the program itself wrote.</summary>
    /// <exception cref="FormatException">It is not an address.</exception>
    public static Jid Parse(string text) => TryParse(text) ?? throw new FormatException($"'{text}' is not a JID");

    /// <summary>Puts an address together from parts not yet prepared; null when a part is not allowed.</summary>
    public static Jid? TryCreate(string? local, string domain, string? resource) => JidParser.Create(local, domain, resource);

    /// <summary>The same account or host with another resource; null when the resource is not allowed (RFC 7622 section 3.4).</summary>
    public Jid? WithResource(string resource) => JidParser.PrepareResource(resource) is { } prepared ? new Jid(Local, Domain, prepared) : null;

    public bool Equals(Jid? other) =>
        ReferenceEquals(this, other) || (other is not null && Domain == other.Domain && Local == other.Local && Resource == other.Resource);

    public override bool Equals(object? obj) => Equals(obj as Jid);

    public override int GetHashCode() => HashCode.Combine(Local, Domain, Resource);

    public override string ToString() => _text ??= (Local is null ? Domain : Local + "@" + Domain) + (Resource is null ? "" : "/" + Resource);

    public static bool operator ==(Jid? left, Jid? right) => left is null ? right is null : left.Equals(right);

    public static bool operator !=(Jid? left, Jid? right) => !(left == right);
}
