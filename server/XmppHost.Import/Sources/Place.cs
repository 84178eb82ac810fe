namespace XmppHost.Import.Sources;

/// <summary>Where something stands in a config file.</summary>
/// <param name="Line">From 1; 0 for the file as a whole.</param>
internal readonly record struct Place(string File, int Line)
{
    public override string ToString() => Line == 0 ? File : $"{File}:{Line.ToString(System.Globalization.CultureInfo.InvariantCulture)}";
}
