using XmppHost.Import.Sources;
using XmppHost.Import.Yaml;

namespace XmppHost.Import.Ejabberd;

/// <summary>ejabberd's config with its included files and macros put in.</summary>
internal sealed class EjabberdConfig
{
    private const int DeepestInclude = 8;

    private EjabberdConfig(OptionMap options, string file) => (Options, File) = (options, file);

    internal string File { get; }

    internal OptionMap Options { get; }

    internal static EjabberdConfig Read(string file, ImportLog log)
    {
        var options = Load(file, new Place(file, 0), 0, log);
        return new EjabberdConfig(YamlMacros.Apply(new SourceValue.Table(new Place(file, 1), [], options)).Named, file);
    }

    internal IReadOnlyList<SourceValue.Text> Hosts() => Options["hosts"] switch
    {
        SourceValue.Text one => [one],
        SourceValue.Table table => [.. table.Items.OfType<SourceValue.Text>()],
        _ => [],
    };

    /// <summary>An option of a host: of <c>host_config</c>, else the global one, with what <c>append_host_config</c> adds.</summary>
    internal SourceValue? Of(string host, string name)
    {
        var own = HostOptions("host_config", host)?[name];
        var value = own ?? Options[name];
        var added = HostOptions("append_host_config", host)?[name];
        return added is null ? value : value is null ? added : Merge(value, added);
    }

    private OptionMap? HostOptions(string section, string host)
    {
        var all = AsMap(Options[section]);
        return all[host] is { } options ? AsMap(options) : null;
    }

    /// <summary>A map, written as one or as a list of small ones; an empty list is an empty map.</summary>
    internal static OptionMap AsMap(SourceValue? value)
    {
        var map = new OptionMap();
        if (value is not SourceValue.Table table) return map;
        foreach (var part in table.Items.OfType<SourceValue.Table>().Append(table))
            foreach (var (name, option) in part.Named.All)
                map.Set(name, option);
        return map;
    }

    private static OptionMap Load(string file, Place from, int depth, ImportLog log)
    {
        if (depth > DeepestInclude) throw new SourceException(from, "files include each other too deeply");
        var options = new OptionMap();
        foreach (var (name, value) in YamlReader.ReadFile(file, from).Named.All)
        {
            if (name != "include_config_file") Add(options, name, value);
            else
                foreach (var (path, place) in Included(value, log))
                    foreach (var (inner, option) in Load(Path.Combine(Path.GetDirectoryName(file) ?? "", path), place, depth + 1, log).All)
                        Add(options, inner, option);
        }

        return options;
    }

    private static void Add(OptionMap options, string name, SourceValue value) => options.Set(name, options[name] is { } first ? Merge(first, value) : value);

    private static IEnumerable<(string Path, Place Place)> Included(SourceValue value, ImportLog log)
    {
        foreach (var item in value is SourceValue.Table table ? table.Items : [value])
            if (item is SourceValue.Text text)
                yield return (text.Value, text.Place);
        if (value is not SourceValue.Table { Named: { Count: > 0 } named }) yield break;
        foreach (var (path, rules) in named.All)
        {
            if (AsMap(rules).Count > 0) log.Warn(rules.Place, "include_config_file: the whole file is read, whatever allow_only and disallow say");
            yield return (path, rules.Place);
        }
    }

    // Lists are joined, maps too; of anything else the last one counts.
    private static SourceValue Merge(SourceValue first, SourceValue second)
    {
        if (first is not SourceValue.Table one || second is not SourceValue.Table two) return second;
        var named = new OptionMap(one.Named.All);
        foreach (var (name, value) in two.Named.All) Add(named, name, value);
        return one with { Items = [.. one.Items, .. two.Items], Named = named };
    }
}
