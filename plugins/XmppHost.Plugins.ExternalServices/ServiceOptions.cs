using System.ComponentModel.DataAnnotations;

namespace XmppHost.Plugins.ExternalServices;

internal sealed record ServiceOptions : IValidatedOptions
{
    private const string Label = "^[A-Za-z_][A-Za-z0-9_.-]*$";

    /// <summary>The schema's NCName: <c>stun</c>, <c>turn</c>, <c>stuns</c>, <c>turns</c>, <c>ftp</c>.</summary>
    [Required, RegularExpression(Label, ErrorMessage = "is a name such as stun or turn")]
    public string Type { get; init; } = "";

    /// <summary>A domain or an IP address, IPv6 without brackets.</summary>
    [Required]
    public string Host { get; init; } = "";

    /// <summary>Null is the usual one of STUN and TURN, and none for other types.</summary>
    [Range(1, 65535)]
    public int? Port { get; init; }

    /// <summary>Null is the usual one of STUN and TURN, and none for other types.</summary>
    [RegularExpression(Label, ErrorMessage = "is a name such as udp or tcp")]
    public string? Transport { get; init; }

    /// <summary>What a person reads.</summary>
    public string? Name { get; init; }

    public string? Username { get; init; }

    public Secret? Password { get; init; }

    /// <summary>When username and password end; they are not given afterwards.</summary>
    public DateTimeOffset? Expires { get; init; }

    /// <summary>What the TURN server shares with us, to make credentials of (coturn's <c>static-auth-secret</c>).</summary>
    public Secret? Secret { get; init; }

    /// <summary>How long what is made with <see cref="Secret"/> is good.</summary>
    [Range(typeof(TimeSpan), "1 min", "365 days")]
    public TimeSpan Ttl { get; init; } = TimeSpan.FromDays(1);

    /// <summary>What the service learns of who uses it.</summary>
    public UserPart User { get; init; } = UserPart.None;

    /// <summary>Announce that the service wants credentials; null: where there are any.</summary>
    public bool? Restricted { get; init; }

    internal bool HasCredentials => Secret is not null || Password is not null;

    internal int? EffectivePort => Port ?? Type switch
    {
        // RFC 8489 section 18.6 and RFC 8656 section 18.
        "stun" or "turn" => 3478,
        "stuns" or "turns" => 5349,
        _ => null,
    };

    internal string? EffectiveTransport => Transport ?? Type switch
    {
        "stun" or "turn" => "udp",
        "stuns" or "turns" => "tcp",
        _ => null,
    };

    public IEnumerable<(string Option, string Problem)> Validate()
    {
        if (Host.Length > 0 && (Host.StartsWith('[') || Uri.CheckHostName(Host) == UriHostNameType.Unknown)) yield return ("host", $"'{Host}' is neither a domain nor an IP address");
        if (Secret is not null && (Username is not null || Password is not null)) yield return ("secret", "makes username and password: remove those, or this");
        if (Username is not null && Password is null) yield return ("password", "is required with username");
        if (Password is not null && Username is null) yield return ("username", "is required with password");
        if (Expires is not null && Password is null) yield return ("expires", "is about username and password; with a secret there is ttl");
        if (Secret is null && User != UserPart.None) yield return ("user", "needs a secret");
        foreach (var (option, text) in new[] { ("name", Name), ("username", Username), ("password", Password?.Reveal()) })
            if (text is not null && (text.Length == 0 || text.Any(c => char.IsControl(c) || c is '\uFFFE' or '\uFFFF')))
                yield return (option, "is empty or has control characters");
    }
}
