using XmppHost.Storage;

namespace XmppHost.Plugins.HttpUpload.Check;

/// <summary>In what the backends differ for a check.</summary>
internal sealed record CheckFacts
{
    /// <summary>The rights that a store may withhold, as it names them.</summary>
    internal string PutRight { get; init; } = "";

    internal string GetRight { get; init; } = "";

    internal string ListRight { get; init; } = "";

    internal string DeleteRight { get; init; } = "";

    /// <summary>It can be asked whether a file is there.</summary>
    internal bool CanLook { get; init; }

    internal string DeleteHelp { get; init; } = "";

    internal string SizeHelp { get; init; } = "the store does not hold clients to the size";

    /// <summary>A declared content type is part of the signature.</summary>
    internal bool SignsType { get; init; }

    /// <summary>Where slots are written down, for a backend that looks there.</summary>
    internal IUploadLedger? Ledger { get; init; }

    /// <summary>Where a key is downloaded from, when not at the slot's own URL.</summary>
    internal Func<string, ValueTask<string>>? DownloadUrl { get; init; }

    /// <summary>A URL of a key at which nobody without a signature should get anything.</summary>
    internal Func<string, string>? MustBeClosed { get; init; }

    /// <summary>Where a store lists its files.</summary>
    internal string? ListUrl { get; init; }

    /// <summary>The origins whose pages should be able to upload; a star for all.</summary>
    internal IReadOnlyList<string> Origins { get; init; } = ["*"];
}
