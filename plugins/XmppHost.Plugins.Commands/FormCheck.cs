using XmppHost.Addressing;
using XmppHost.Stanzas;

namespace XmppHost.Plugins.Commands;

/// <summary>Whether what was submitted answers what was asked: XEP-0004 section 3.3.</summary>
internal static class FormCheck
{
    /// <summary>The submitted form with the fields that were asked for and no others, or why it is not acceptable.</summary>
    internal static (DataForm? Form, string? Problem) Check(DataForm asked, DataForm? submitted)
    {
        if (submitted is null) return (null, "The form is missing.");
        if (submitted.FormType is { } type && asked.FormType is not null && type != asked.FormType) return (null, "This is another form than the one that was asked for.");
        var given = new Dictionary<string, IReadOnlyList<string>>();
        foreach (var field in submitted.Fields) given.TryAdd(field.Var, field.Values);

        var fields = new List<DataFormField>();
        foreach (var field in asked.Fields.Where(f => f.Type != "fixed"))
        {
            var values = Given(field, given.GetValueOrDefault(field.Var) ?? []);
            if (Problem(field, values) is { } problem) return (null, $"{field.Label ?? field.Var}: {problem}");
            if (values.Count > 0) fields.Add(new DataFormField(field.Var, null, values));
        }

        return (new DataForm("submit", asked.FormType, fields), null);
    }

    /// <summary>The form that was asked with, as it was filled in: for whoever comes back to it.</summary>
    internal static DataForm Filled(DataForm asked, DataForm submitted) =>
        asked with { Fields = [.. asked.Fields.Select(f => f.Type is "fixed" or "hidden" or "text-private" ? f : f with { Values = submitted.Values(f.Var) })] };

    // COMPAT: clients send an empty value for what was left empty.
    private static IReadOnlyList<string> Given(DataFormField asked, IReadOnlyList<string> values) =>
        asked.Type is "text-multi" ? values : [.. values.Where(v => v.Length > 0)];

    private static string? Problem(DataFormField asked, IReadOnlyList<string> values)
    {
        if (values.All(v => v.Length == 0)) return asked.Required ? "this is needed." : null;
        if (values.Count > 1 && !(asked.Type?.EndsWith("-multi", StringComparison.Ordinal) ?? false)) return "one value is expected.";
        return asked.Type switch
        {
            "list-single" or "list-multi" => values.All(v => asked.Options.Any(o => o.Value == v)) ? null : "choose among what is offered.",
            "boolean" => values[0] is "0" or "1" or "true" or "false" ? null : "this is yes or no.",
            "jid-single" or "jid-multi" => values.All(v => Jid.TryParse(v) is not null) ? null : "this is not an address.",
            _ => null,
        };
    }
}
