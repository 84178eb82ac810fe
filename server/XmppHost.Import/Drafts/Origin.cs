using XmppHost.Import.Sources;

namespace XmppHost.Import.Drafts;

/// <summary>Comments that say where a value came from. The heading of the config has the file's whole path.</summary>
internal static class Origin
{
    internal static string Of(Place place, string name) => place == default ? $"{name}, which is always there" : $"{place with { File = Path.GetFileName(place.File) }} {name}";

    internal static string Default(string module) => $"as {module} has it where nothing is said";

    internal static string Fixed(string module) => $"as {module} always has it";
}
