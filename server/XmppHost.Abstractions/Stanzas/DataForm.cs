using XmppHost.Xml;

namespace XmppHost.Stanzas;

/// <summary>One field of a form (XEP-0004 section 3.2).</summary>
/// <param name="Var">The field's name; empty where a field of type <c>fixed</c> has none.</param>
/// <param name="Type">Its type, or null in submitted and result forms.</param>
/// <param name="Values">Its values, in order.</param>
public sealed record DataFormField(string Var, string? Type, params IReadOnlyList<string> Values)
{
    public string? Label { get; init; }

    public bool Required { get; init; }

    /// <summary>A further explanation, as for a tool tip.</summary>
    public string? Description { get; init; }

    /// <summary>Choices of a list field: value and label.</summary>
    public IReadOnlyList<(string Value, string Label)> Options { get; init; } = [];
}

/// <summary>A data form (XEP-0004) with its FORM_TYPE (XEP-0068).</summary>
/// <param name="Type"><c>form</c>, <c>submit</c>, <c>cancel</c> or <c>result</c>.</param>
/// <param name="FormType">The FORM_TYPE, or null.</param>
/// <param name="Fields">The fields without FORM_TYPE, in order.</param>
public sealed record DataForm(string Type, string? FormType, IReadOnlyList<DataFormField> Fields)
{
    private const string FormTypeName = "FORM_TYPE";

    public string? Title { get; init; }

    public string? Instructions { get; init; }

    /// <summary>The columns of a result with several items (XEP-0004 section 3.4): name, label, type. Empty for a form without a table.</summary>
    public IReadOnlyList<DataFormField> Reported { get; init; } = [];

    /// <summary>The rows, each with a field for every column.</summary>
    public IReadOnlyList<IReadOnlyList<DataFormField>> Items { get; init; } = [];

    /// <summary>A text for a person that stands between the fields.</summary>
    public static DataFormField Fixed(string text) => new("", "fixed", text);

    /// <summary>A result form, as XEP-0128 wants it.</summary>
    public static DataForm Result(string formType, params IReadOnlyList<DataFormField> fields) => new("result", formType, fields);

    /// <summary>Reads an <c>&lt;x xmlns='jabber:x:data'/&gt;</c>; null when it is not one.</summary>
    public static DataForm? TryParse(XmppElement? x)
    {
        if (x is null || !x.Is("x", Ns.DataForms)) return null;
        var fields = FieldsOf(x);
        return new DataForm(x.Attribute("type") ?? "form", fields.Find(f => f.Var == FormTypeName)?.Values is [var formType, ..] ? formType : null, [.. fields.Where(f => f.Var != FormTypeName)])
        {
            Title = x.Element("title", Ns.DataForms)?.Text,
            Instructions = x.Element("instructions", Ns.DataForms)?.Text,
            Reported = x.Element("reported", Ns.DataForms) is { } reported ? FieldsOf(reported) : [],
            Items = [.. x.Elements().Where(e => e.Is("item", Ns.DataForms)).Select(FieldsOf)],
        };
    }

    /// <summary>The first value of a field, or null.</summary>
    public string? Value(string name) => Values(name) is [var first, ..] ? first : null;

    /// <summary>The values of a field; empty where it is not there.</summary>
    public IReadOnlyList<string> Values(string name) => Fields.FirstOrDefault(f => f.Var == name)?.Values ?? [];

    /// <summary>Whether a boolean field is set (XEP-0004 section 3.3: <c>1</c> and <c>true</c>).</summary>
    public bool IsSet(string name) => Value(name) is "1" or "true";

    public XmppElement ToElement()
    {
        var x = new XmppElement("x", Ns.DataForms).With("type", Type);
        if (Title is not null) x = x.Add(new XmppElement("title", Ns.DataForms).Add(Title));
        if (Instructions is not null) x = x.Add(new XmppElement("instructions", Ns.DataForms).Add(Instructions));
        if (FormType is not null) x = x.Add(FieldElement(new DataFormField(FormTypeName, "hidden", FormType)));
        x = x.Add(Fields.Select(FieldElement));
        if (Reported.Count > 0) x = x.Add(new XmppElement("reported", Ns.DataForms).Add(Reported.Select(FieldElement)));
        return x.Add(Items.Select(item => new XmppElement("item", Ns.DataForms).Add(item.Select(FieldElement))));
    }

    private static List<DataFormField> FieldsOf(XmppElement parent)
    {
        var fields = new List<DataFormField>();
        foreach (var field in parent.Elements())
        {
            if (!field.Is("field", Ns.DataForms) || field.Attribute("var") is not { } name) continue;
            string[] values = [.. field.Elements().Where(v => v.Is("value", Ns.DataForms)).Select(v => v.Text)];
            fields.Add(new DataFormField(name, field.Attribute("type"), values) { Label = field.Attribute("label") });
        }

        return fields;
    }

    private static XmppElement FieldElement(DataFormField field)
    {
        var element = new XmppElement("field", Ns.DataForms).With("var", field.Var.Length > 0 ? field.Var : null).With("type", field.Type).With("label", field.Label);
        if (field.Description is not null) element = element.Add(new XmppElement("desc", Ns.DataForms).Add(field.Description));
        if (field.Required) element = element.Add(new XmppElement("required", Ns.DataForms));
        return element
            .Add(field.Values.Select(value => new XmppElement("value", Ns.DataForms).Add(value)))
            .Add(field.Options.Select(o => new XmppElement("option", Ns.DataForms).With("label", o.Label).Add(new XmppElement("value", Ns.DataForms).Add(o.Value))));
    }
}
