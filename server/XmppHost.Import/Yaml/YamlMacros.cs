using XmppHost.Import.Sources;

namespace XmppHost.Import.Yaml;

/// <summary>Puts in ejabberd's macros and keywords: a value that is a macro's name, and <c>@NAME@</c> within a text. <c>@HOST@</c> is left as it is.</summary>
internal sealed class YamlMacros(OptionMap macros)
{
    // A macro that names itself would go on forever.
    private const int Deepest = 32;

    internal static SourceValue.Table Apply(SourceValue.Table root)
    {
        var macros = new OptionMap();
        foreach (var section in (string[])["define_macro", "define_keyword"])
            foreach (var table in Tables(root.Named[section]))
                foreach (var (name, value) in table.Named.All)
                    macros.Set(name, value);
        var options = root.Named.All.Where(o => o.Key is not ("define_macro" or "define_keyword"));
        var rest = root with { Named = new OptionMap(options) };
        return macros.Count == 0 ? rest : (SourceValue.Table)new YamlMacros(macros).Replace(rest, 0);
    }

    // A map, or a list of maps as older files have it.
    private static IEnumerable<SourceValue.Table> Tables(SourceValue? value) => value is SourceValue.Table table ? table.Items.OfType<SourceValue.Table>().Append(table) : [];

    private SourceValue Replace(SourceValue value, int depth)
    {
        if (depth > Deepest) throw new SourceException(value.Place, "macros that lead to each other");
        return value switch
        {
            SourceValue.Text text when macros.TryGet(text.Value, out var macro) => Replace(macro, depth + 1) with { Place = value.Place },
            SourceValue.Text text when text.Value.Contains('@', StringComparison.Ordinal) => text with { Value = Within(text.Value) },
            SourceValue.Table table => table with
            {
                Items = [.. table.Items.Select(i => Replace(i, depth + 1))],
                Named = new OptionMap(table.Named.All.Select(o => KeyValuePair.Create(o.Key, Replace(o.Value, depth + 1)))),
            },
            _ => value,
        };
    }

    private string Within(string text)
    {
        foreach (var (name, value) in macros.All)
            if (value is SourceValue.Text or SourceValue.Number)
                text = text.Replace($"@{name}@", value is SourceValue.Number number ? number.Value.ToString(System.Globalization.CultureInfo.InvariantCulture) : ((SourceValue.Text)value).Value, StringComparison.Ordinal);
        return text;
    }
}
