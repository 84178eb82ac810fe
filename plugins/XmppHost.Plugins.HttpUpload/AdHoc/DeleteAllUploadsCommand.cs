using XmppHost.Commands;
using XmppHost.Handlers;
using XmppHost.Plugins.HttpUpload.Administration;
using XmppHost.Stanzas;

namespace XmppHost.Plugins.HttpUpload.AdHoc;

/// <summary>Deletes all of one's files, once it was said that this is meant.</summary>
internal sealed class DeleteAllUploadsCommand(OwnUploads own) : IAdHocCommand
{
    private const string Sure = "sure";

    public string Node => "delete-all-uploads";

    public string Title => "Delete all my uploads";

    public string? Service => own.Service;

    public bool IsFor(IqRequest request) => own.IsFor(request);

    public async ValueTask<CommandStep> RunAsync(CommandCall call, CancellationToken ct)
    {
        if (!own.CanDelete) return CommandStep.Failed(OwnUploads.CannotDelete);
        if (call.Form is { } form)
            return form.IsSet(Sure) ? DeletionStep.Of(await own.DeleteAllAsync(call.Request, ct).ConfigureAwait(false)) : CommandStep.Done("Nothing was deleted.");
        var (files, bytes) = await own.TotalAsync(call.Request, ct).ConfigureAwait(false);
        return files == 0 ? CommandStep.Done("You have no files here.") : CommandStep.Ask(Form(files, bytes));
    }

    private DataForm Form(long files, long bytes) => new("form", OwnUploads.FormType,
    [
        DataForm.Fixed($"You have {EntryText.Files(files)} here, {EntryText.Size(bytes)}. They are gone for good, for everybody who has their addresses."),
        new DataFormField(Sure, "boolean", "0") { Label = "Delete them all", Required = true },
    ])
    {
        Title = Title,
    };
}
