using XmppHost.Import.Sources;

namespace XmppHost.Import.Lua;

/// <summary>A Prosody config, with all that it includes.</summary>
internal sealed class LuaConfig(string file, ImportLog log)
{
    private readonly OrderedDictionary<string, LuaSection> _sections = new(StringComparer.OrdinalIgnoreCase);

    internal LuaSection Global { get; } = new("", new Place(file, 0));

    internal IEnumerable<LuaSection> Hosts => _sections.Values.Where(s => s.Component is null);

    internal IEnumerable<LuaSection> Components => _sections.Values.Where(s => s.Component is not null);

    /// <summary>The section of that domain; what is written in several places is one.</summary>
    internal LuaSection Host(string name, Place place)
    {
        var section = Section(name, place);
        if (section.Component is not null) throw new SourceException(place, $"'{name}' is a component already, in {section.Place}");
        return section;
    }

    internal LuaSection Component(string name, string module, Place place)
    {
        var isNew = !_sections.ContainsKey(name);
        var section = Section(name, place);
        if (!isNew && section.Component is null) throw new SourceException(place, $"'{name}' is a virtual host already, in {section.Place}");
        section.Component = module;
        return section;
    }

    internal void Set(LuaSection section, string name, SourceValue value)
    {
        if (section.Options.TryGet(name, out var first)) log.Warn(value.Place, $"{name} is set a second time, first in {first.Place}; the last one counts");
        section.Options.Set(name, value);
    }

    private LuaSection Section(string name, Place place)
    {
        if (name.Length == 0) throw new SourceException(place, "a host without a name");
        if (_sections.TryGetValue(name, out var section)) return section;
        return _sections[name] = new LuaSection(name, place);
    }
}
