using XmppHost.Storage;

namespace XmppHost.Plugins.HttpUpload.Administration;

/// <summary>What became of files that were to be deleted.</summary>
/// <param name="Gone">They are deleted.</param>
/// <param name="Kept">They cannot be, or not now.</param>
internal sealed record Deletion(IReadOnlyList<UploadEntry> Gone, IReadOnlyList<UploadEntry> Kept)
{
    internal Deletion And(Deletion more) => new([.. Gone, .. more.Gone], [.. Kept, .. more.Kept]);

    /// <summary>The first sentence: how many files are gone, and how much they were.</summary>
    internal string Sentence => Gone.Count == 0 ? "Nothing was deleted." : $"Deleted {EntryText.Files(Gone.Count)}, {EntryText.Size(Gone.Sum(e => e.Size))}.";
}
