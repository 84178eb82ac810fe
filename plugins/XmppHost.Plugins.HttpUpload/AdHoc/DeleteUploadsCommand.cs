using XmppHost.Commands;
using XmppHost.Handlers;
using XmppHost.Plugins.HttpUpload.Administration;
using XmppHost.Stanzas;
using XmppHost.Storage;

namespace XmppHost.Plugins.HttpUpload.AdHoc;

/// <summary>Deletes those of one's files that are ticked in a list.</summary>
internal sealed class DeleteUploadsCommand(OwnUploads own) : IAdHocCommand
{
    private const string Files = "files";

    public string Node => "delete-uploads";

    public string Title => "Delete some of my uploads";

    public string? Service => own.Service;

    public bool IsFor(IqRequest request) => own.IsFor(request);

    public async ValueTask<CommandStep> RunAsync(CommandCall call, CancellationToken ct)
    {
        if (!own.CanDelete) return CommandStep.Failed(OwnUploads.CannotDelete);
        if (call.Form is { } form) return DeletionStep.Of(await own.DeleteAsync(call.Request, form.Values(Files), ct).ConfigureAwait(false));
        var (entries, count) = await own.NewestAsync(call.Request, ct).ConfigureAwait(false);
        return count == 0 ? CommandStep.Done("You have no files here.") : CommandStep.Ask(Form(entries, count));
    }

    private DataForm Form(IReadOnlyList<UploadEntry> entries, int count) => new("form", OwnUploads.FormType,
    [
        new DataFormField(Files, "list-multi") { Label = "Files", Required = true, Options = [.. entries.Select(e => (e.Key, Label(e)))] },
    ])
    {
        Title = Title,
        Instructions = entries.Count == count
            ? "Choose the files to delete. They are gone for good, for everybody who has their address."
            : $"Choose the files to delete; these are the newest {entries.Count} of {count}. They are gone for good, for everybody who has their address.",
    };

    private static string Label(UploadEntry entry) => $"{entry.Name} ({EntryText.Size(entry.Size)}, {EntryText.Time(entry.Issued)})";
}
