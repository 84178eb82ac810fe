using XmppHost.Commands;
using XmppHost.Plugins.HttpUpload.Administration;

namespace XmppHost.Plugins.HttpUpload.AdHoc;

/// <summary>Tells a person what became of files.</summary>
internal static class DeletionStep
{
    internal static CommandStep Of(Deletion deletion) => deletion.Kept.Count == 0
        ? CommandStep.Done(deletion.Sentence)
        : CommandStep.Done(deletion.Sentence) with
        {
            Notes = [new CommandNote(deletion.Sentence), new CommandNote($"{EntryText.Files(deletion.Kept.Count)} could not be deleted now. Try again later.", CommandNoteType.Error)],
        };
}
