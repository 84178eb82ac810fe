using System.Globalization;
using XmppHost.Import.Sources;

namespace XmppHost.Import.Tests;

/// <summary>Values as one line, with the line that each stands on.</summary>
internal static class Show
{
    internal static string Value(SourceValue? value) => value switch
    {
        null => "-",
        SourceValue.Text text => $"'{text.Value}'",
        SourceValue.Number number => number.Value.ToString("0.############", CultureInfo.InvariantCulture),
        SourceValue.Flag flag => flag.Value ? "true" : "false",
        SourceValue.Elsewhere elsewhere => $"<{elsewhere.Where}:{elsewhere.Name}>",
        SourceValue.Table table => $"{{{string.Join(", ", table.Items.Select(Value).Concat(table.Named.All.Select(o => $"{o.Key}={Value(o.Value)}")))}}}",
        _ => "nil",
    };

    internal static string Options(OptionMap options) => string.Join("; ", options.All.Select(o => $"{o.Key}@{o.Value.Place.Line}={Value(o.Value)}"));
}
