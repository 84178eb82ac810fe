namespace XmppHost.Import.Sources;

/// <summary>What the operator is told besides the config itself.</summary>
internal sealed class ImportLog
{
    private readonly List<ImportMessage> _messages = [];

    private readonly HashSet<SourceValue> _used = new(ReferenceEqualityComparer.Instance);

    internal IReadOnlyList<ImportMessage> Messages => _messages;

    /// <summary>Remembers that something was read for the import, whether it has a counterpart or not.</summary>
    internal void MarkUsed(SourceValue value) => _used.Add(value);

    internal bool IsUsed(SourceValue value) => _used.Contains(value);

    /// <summary>Something will be different, or is left for the operator to do.</summary>
    internal void Warn(Place place, string text) => Add(new ImportMessage(ImportSeverity.Warning, place.ToString(), text));

    /// <summary>Something has no counterpart and needs none.</summary>
    internal void Note(Place place, string text) => Add(new ImportMessage(ImportSeverity.Note, place.ToString(), text));

    // A module that stands for many hosts says everything once.
    private void Add(ImportMessage message)
    {
        if (!_messages.Contains(message)) _messages.Add(message);
    }
}
