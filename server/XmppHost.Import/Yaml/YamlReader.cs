using System.Globalization;
using XmppHost.Import.Sources;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace XmppHost.Import.Yaml;

/// <summary>Reads YAML into values with their lines. Plain scalars that look like numbers and booleans are such; all others are text.</summary>
internal sealed class YamlReader(string file)
{
    // Deeper nesting is no config; a document may also contain itself through an alias.
    private const int Deepest = 64;

    private readonly Dictionary<YamlNode, SourceValue> _converted = new(ReferenceEqualityComparer.Instance);

    /// <exception cref="SourceException">It cannot be read.</exception>
    internal static SourceValue.Table ReadFile(string path, Place from) => Read(SourceFile.Read(path, from), path);

    internal static SourceValue.Table Read(string text, string file)
    {
        var stream = new YamlStream();
        var parser = new Parser(new StringReader(text));
        try
        {
            stream.Load(parser);
        }
        catch (YamlException e)
        {
            throw new SourceException(new Place(file, LineOf(e.End)), OneLine(e));
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException or FormatException or OverflowException)
        {
            // The library does not foresee everything that is not YAML.
            throw new SourceException(new Place(file, parser.Current is { } last ? LineOf(last.End) : 1), "this is not YAML");
        }

        if (stream.Documents.Count == 0) return new SourceValue.Table(new Place(file, 1), [], new OptionMap());
        var root = stream.Documents[0].RootNode;
        if (root is not YamlMappingNode) throw new SourceException(new Place(file, LineOf(root.Start)), "a config has options: 'name: value'");
        return (SourceValue.Table)new YamlReader(file).Convert(root, 0);
    }

    private static int LineOf(Mark mark) => (int)Math.Max(1, mark.Line);

    // Only the first words are the library's; positions follow, which are said in front.
    private static string OneLine(YamlException e)
    {
        var message = (e.InnerException is YamlException inner ? inner.Message : e.Message).ReplaceLineEndings(" ");
        var end = message.LastIndexOf("): ", StringComparison.Ordinal);
        return end < 0 ? message : message[(end + 3)..];
    }

    private SourceValue Convert(YamlNode node, int depth)
    {
        var place = new Place(file, LineOf(node.Start));
        if (depth > Deepest) throw new SourceException(place, "nested too deeply");
        if (_converted.TryGetValue(node, out var value)) return value;
        return _converted[node] = node switch
        {
            YamlScalarNode scalar => Scalar(scalar, place),
            YamlSequenceNode list => new SourceValue.Table(place, [.. list.Children.Select(c => Convert(c, depth + 1))], new OptionMap()),
            YamlMappingNode map => new SourceValue.Table(place, [], Map(map, depth)),
            _ => throw new SourceException(place, "an alias without its anchor"),
        };
    }

    private OptionMap Map(YamlMappingNode map, int depth)
    {
        var options = new OptionMap();
        var merged = new List<SourceValue.Table>();
        foreach (var (key, child) in map.Children)
        {
            var place = new Place(file, LineOf(key.Start));
            if (key is not YamlScalarNode { Value: { } name }) throw new SourceException(place, "a name that is not a text");
            var value = Convert(child, depth + 1);
            if (name != "<<") options.Set(name, value with { Place = place });
            else if (value is SourceValue.Table table) merged.Add(table);
        }

        foreach (var table in merged) Merge(options, table);
        return options;
    }

    // What stands beside "<<" wins over what it brings.
    private static void Merge(OptionMap options, SourceValue.Table merged)
    {
        foreach (var table in merged.Items.OfType<SourceValue.Table>().Append(merged))
            foreach (var (name, value) in table.Named.All)
                if (options[name] is null)
                    options.Set(name, value);
    }

    private static SourceValue Scalar(YamlScalarNode scalar, Place place)
    {
        var text = scalar.Value ?? "";
        if (scalar.Style != ScalarStyle.Plain) return new SourceValue.Text(place, text);
        return text switch
        {
            "" or "~" or "null" => new SourceValue.Nothing(place),
            "true" => new SourceValue.Flag(place, true),
            "false" => new SourceValue.Flag(place, false),
            _ when IsNumber(text, out var number) => new SourceValue.Number(place, number),
            _ => new SourceValue.Text(place, text),
        };
    }

    private static bool IsNumber(string text, out decimal number) =>
        decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out number);
}
