namespace XmppHost.Plugins.HttpUpload;

internal sealed record ExternalOptions : IValidatedOptions
{
    /// <summary>Where the service's URLs start; a missing trailing slash is added.</summary>
    public Uri? BaseUrl { get; init; }

    /// <summary>What the service shares with us.</summary>
    public Secret? Secret { get; init; }

    /// <summary>Which of the token's forms the service verifies; it must be exactly the one.</summary>
    public ServiceProtocol Protocol { get; init; } = ServiceProtocol.V1;

    /// <summary>What the service shares with us for deleting, where it deletes as Metronome's does; null where it does not.</summary>
    public Secret? DeleteSecret { get; init; }

    /// <summary>With protocols whose slots never end: how long after a slot it is looked whether its file came.</summary>
    public TimeSpan SettleAfter { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Leave file names as they are instead of reducing them to a set that every service handles.</summary>
    public bool KeepUnicodeNames { get; init; }

    public IEnumerable<(string Option, string Problem)> Validate()
    {
        if (BaseUrl is null) yield return ("baseUrl", "is required");
        else if (Backends.BaseUrl.ProblemOf(BaseUrl) is { } problem) yield return ("baseUrl", problem);
        if (Secret is null) yield return ("secret", "is required: give secret or secretFile");
        if (SettleAfter < TimeSpan.FromMinutes(1) || SettleAfter > TimeSpan.FromDays(30)) yield return ("settleAfter", "is between 1 min and 30 days");
    }
}

/// <summary>What an operator can choose.</summary>
internal enum ServiceProtocol
{
    /// <summary><c>?v=</c>, over path and length.</summary>
    V1,

    /// <summary><c>?v2=</c>, over path, length and content type.</summary>
    V2,

    /// <summary><c>?token=</c>, as version 2: Metronome's.</summary>
    Token,

    /// <summary>A JSON Web Token in the header <c>Authorization</c>: that of Prosody's mod_http_file_share.</summary>
    Jwt,
}
