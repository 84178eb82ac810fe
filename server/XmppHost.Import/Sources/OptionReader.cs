using System.Globalization;

namespace XmppHost.Import.Sources;

/// <summary>The options of one module. What nobody has asked for is reported at the end: nothing is dropped in silence.</summary>
/// <param name="module">How messages call what the options belong to.</param>
/// <param name="prefix">Before every name, in messages and in the file.</param>
internal sealed class OptionReader(OptionMap options, string module, ImportLog log, string prefix = "")
{
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);

    internal string Module => module;

    internal ImportLog Log => log;

    /// <summary>The name as the file has it.</summary>
    internal string Full(string name) => prefix + name;

    internal bool Has(string name) => options[prefix + name] is { } value and not SourceValue.Nothing;

    /// <summary>Null where it is not there or nil.</summary>
    internal SourceValue? Take(string name)
    {
        _taken.Add(prefix + name);
        if (options[prefix + name] is not { } value) return null;
        log.MarkUsed(value);
        return value is SourceValue.Nothing ? null : value;
    }

    internal SourceValue.Text? Text(string name) => Take(name) switch
    {
        null => null,
        SourceValue.Text text => text,
        SourceValue.Number number => new SourceValue.Text(number.Place, number.Value.ToString(CultureInfo.InvariantCulture)),
        var other => Wrong<SourceValue.Text>(name, other, "a text"),
    };

    internal SourceValue.Number? Number(string name) => Take(name) switch
    {
        null => null,
        SourceValue.Number number => number,
        SourceValue.Text text when decimal.TryParse(text.Value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) => new SourceValue.Number(text.Place, number),
        var other => Wrong<SourceValue.Number>(name, other, "a number"),
    };

    internal SourceValue.Flag? Flag(string name) => Take(name) switch
    {
        null => null,
        SourceValue.Flag flag => flag,
        SourceValue.Text { Value: "true" or "yes" or "on" } text => new SourceValue.Flag(text.Place, true),
        SourceValue.Text { Value: "false" or "no" or "off" } text => new SourceValue.Flag(text.Place, false),
        var other => Wrong<SourceValue.Flag>(name, other, "true or false"),
    };

    /// <summary>A list of texts, or one alone.</summary>
    internal IReadOnlyList<SourceValue.Text> Texts(string name) => Take(name) switch
    {
        null => [],
        SourceValue.Text text => [text],
        SourceValue.Table { Named.Count: 0 } table => [.. table.Items.Select(i => i as SourceValue.Text ?? Wrong<SourceValue.Text>(name, i, "a text")).OfType<SourceValue.Text>()],
        var other => Wrong<SourceValue.Text>(name, other, "a list of texts") is { } text ? [text] : [],
    };

    /// <summary>Says of an option, when it is there, why it is not in the new config.</summary>
    internal void Explain(string name, string why)
    {
        if (Take(name) is { } value) log.Note(value.Place, $"{Full(name)}: {why}");
    }

    /// <summary>The same where the operator has something to do or something will be different.</summary>
    internal void Warn(string name, string why)
    {
        if (Take(name) is { } value) log.Warn(value.Place, $"{Full(name)}: {why}");
    }

    /// <summary>Reports what is left.</summary>
    internal void Finish()
    {
        foreach (var (name, value) in options.All)
        {
            if (!name.StartsWith(prefix, StringComparison.Ordinal) || !_taken.Add(name)) continue;
            log.MarkUsed(value);
            log.Warn(value.Place, $"{name}: an unknown option of {module}, not imported");
        }
    }

    private T? Wrong<T>(string name, SourceValue value, string wanted)
        where T : SourceValue
    {
        log.Warn(value.Place, $"{Full(name)}: {value.Kind} where {wanted} is expected; not imported");
        return null;
    }
}
