namespace XmppHost.Testing.Services;

/// <summary>What a test needs prosody to be.</summary>
public sealed record ProsodyOptions
{
    public IReadOnlyList<string> Hosts { get; init; } = ["localhost"];

    /// <summary>Modules beside the ones every client expects.</summary>
    public IReadOnlyList<string> Modules { get; init; } = [];

    /// <summary>SHA-1 or SHA-256: the SCRAM mechanism that prosody offers follows from it.</summary>
    public string PasswordHash { get; init; } = "SHA-256";

    /// <summary>Whether <c>upload.</c> of the first host gives upload slots (XEP-0363), over plain HTTP.</summary>
    public bool Upload { get; init; }

    /// <summary>Lines put at the end, in the section of the last host.</summary>
    public string Extra { get; init; } = "";
}
