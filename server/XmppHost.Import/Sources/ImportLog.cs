namespace XmppHost.Import.Sources;

/// <summary>What the operator is told besides the config itself.</summary>
internal sealed class ImportLog
{
    private readonly List<(Place Place, ImportMessage Message)> _messages = [];

    private readonly HashSet<SourceValue> _used = new(ReferenceEqualityComparer.Instance);

    /// <summary>In the order of the file; what is about the whole file comes last.</summary>
    internal IReadOnlyList<ImportMessage> Messages =>
        [.. _messages.OrderBy(m => m.Place.Line == 0).ThenBy(m => m.Place.File, StringComparer.Ordinal).ThenBy(m => m.Place.Line).Select(m => m.Message)];

    /// <summary>Remembers that something was read for the import, whether it has a counterpart or not.</summary>
    internal void MarkUsed(SourceValue value) => _used.Add(value);

    internal bool IsUsed(SourceValue value) => _used.Contains(value);

    /// <summary>Something will be different, or is left for the operator to do.</summary>
    internal void Warn(Place place, string text) => Add(place, new ImportMessage(ImportSeverity.Warning, place.ToString(), text));

    /// <summary>Something has no counterpart and needs none.</summary>
    internal void Note(Place place, string text) => Add(place, new ImportMessage(ImportSeverity.Note, place.ToString(), text));

    // A module that stands for many hosts says everything once.
    private void Add(Place place, ImportMessage message)
    {
        if (!_messages.Contains((place, message))) _messages.Add((place, message));
    }
}
