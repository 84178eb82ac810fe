namespace XmppHost.Import.Sources;

/// <summary>A config file that cannot be read, with the line where reading ended.</summary>
internal sealed class SourceException(Place place, string problem) : Exception($"{place}: {problem}");
