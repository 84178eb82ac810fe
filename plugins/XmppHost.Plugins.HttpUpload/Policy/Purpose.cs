namespace XmppHost.Plugins.HttpUpload.Policy;

/// <summary>What files are for (XEP-0363 section 4.1), as far as this host serves it.</summary>
/// <param name="Name">As in XML, in the ledger and in metrics: <c>message</c>.</param>
/// <param name="Prefix">Before every key, where the backend has prefixes: empty, or with a slash at its end.</param>
/// <param name="MaxFileSize">Beside the requester's limit; null for none.</param>
/// <param name="Quota">Where the purpose has one of its own: its files count in this one alone.</param>
/// <param name="Retention">How long files are kept; null for ever.</param>
internal sealed record Purpose(string Name, string Prefix, long? MaxFileSize, Quota? Quota, TimeSpan? Retention)
{
    internal const string Message = "message", Profile = "profile", Ephemeral = "ephemeral", Permanent = "permanent";

    /// <summary>Only in this one the requester says how long the file may be there.</summary>
    internal bool NeedsExpiry => Name == Ephemeral;
}
