using System.ComponentModel.DataAnnotations;

namespace XmppHost.Plugins.HttpUpload.Policy;

/// <summary>Who may upload, and what limits hold for them in place of the general ones.</summary>
internal sealed record AccessRuleOptions : IValidatedOptions
{
    /// <summary>Bare JIDs, domains, <c>*.domain</c>, <c>local</c>, <c>anonymous</c>, <c>components</c>, <c>remote</c>.</summary>
    [Required]
    public IReadOnlyList<string> Who { get; init; } = [];

    public bool Allow { get; init; } = true;

    public ByteSize? MaxFileSize { get; init; }

    /// <summary>0 for no limit.</summary>
    [Range(0, int.MaxValue)]
    public int? SlotsPerMinute { get; init; }

    public ByteSize? BytesPerDay { get; init; }

    public ByteSize? BytesPerUser { get; init; }

    /// <summary>0 for no limit.</summary>
    [Range(typeof(long), "0", "1000000000000")]
    public long? FilesPerUser { get; init; }

    public IEnumerable<(string Option, string Problem)> Validate()
    {
        foreach (var who in Who)
            if (Requesters.Parse(who) is null)
                yield return ("who", $"'{who}' is not a bare JID, a domain, *.domain, local, anonymous, components or remote");
        foreach (var (option, size) in new[] { ("maxFileSize", MaxFileSize), ("bytesPerDay", BytesPerDay), ("bytesPerUser", BytesPerUser) })
            if (size is { Bytes: < 1 })
                yield return (option, "is at least 1 byte, or unlimited");
    }
}
