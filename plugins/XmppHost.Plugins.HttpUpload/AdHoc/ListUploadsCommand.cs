using XmppHost.Commands;
using XmppHost.Handlers;
using XmppHost.Plugins.HttpUpload.Administration;
using XmppHost.Stanzas;
using XmppHost.Storage;

namespace XmppHost.Plugins.HttpUpload.AdHoc;

/// <summary>A table of one's own files.</summary>
internal sealed class ListUploadsCommand(OwnUploads own) : IAdHocCommand
{
    public string Node => "list-uploads";

    public string Title => "List my uploads";

    public string? Service => own.Service;

    public bool IsFor(IqRequest request) => own.IsFor(request);

    public async ValueTask<CommandStep> RunAsync(CommandCall call, CancellationToken ct)
    {
        var (entries, count) = await own.NewestAsync(call.Request, ct).ConfigureAwait(false);
        if (count == 0) return CommandStep.Done("You have no files here.");
        var note = entries.Count == count ? $"You have {EntryText.Files(count)} here." : $"You have {EntryText.Files(count)} here; these are the newest {entries.Count}.";
        return CommandStep.Done(note, Table(entries));
    }

    // COMPAT: aioxmpp refuses a table with any field beside it, the FORM_TYPE too.
    private DataForm Table(IEnumerable<UploadEntry> entries) => new("result", null, [])
    {
        Title = "My uploads",
        Reported = [Column("name", "Name"), Column("size", "Size"), Column("uploaded", "Uploaded"), Column("expires", "Kept until"), Column("state", "State"), Column("url", "Address")],
        Items = [.. entries.Select(Row)],
    };

    private DataFormField[] Row(UploadEntry entry) =>
    [
        Cell("name", entry.Name),
        Cell("size", EntryText.Size(entry.Size)),
        Cell("uploaded", EntryText.Time(entry.Issued)),
        Cell("expires", entry.Expires is { } expires ? EntryText.Time(expires) : "deleted"),
        Cell("state", State(entry.State)),
        Cell("url", own.UrlOf(entry) ?? ""),
    ];

    private static string State(UploadState state) => state switch
    {
        UploadState.Issued => "not seen yet",
        UploadState.Held => "being checked",
        UploadState.Quarantined => "blocked as harmful",
        _ => "available",
    };

    private static DataFormField Column(string name, string label) => new(name, "text-single") { Label = label };

    private static DataFormField Cell(string name, string value) => new(name, null, value);
}
