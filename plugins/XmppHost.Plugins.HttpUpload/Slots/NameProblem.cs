namespace XmppHost.Plugins.HttpUpload.Slots;

/// <summary>Why a name is none for a file.</summary>
internal enum NameProblem
{
    None,
    Missing,

    /// <summary>It has slashes, or is <c>.</c> or <c>..</c>.</summary>
    IsPath,

    /// <summary>It has control characters, or is not Unicode.</summary>
    Unreadable,
}
