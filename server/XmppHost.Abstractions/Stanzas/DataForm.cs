using XmppHost.Xml;

namespace XmppHost.Stanzas;

/// <summary>One field of a form (XEP-0004 section 3.2).</summary>
/// <param name="Var">The field's name.</param>
/// <param name="Type">Its type, or null in submitted and result forms.</param>
/// <param name="Values">Its values, in order.</param>
public sealed record DataFormField(string Var, string? Type, params IReadOnlyList<string> Values)
{
    public string? Label { get; init; }

    public bool Required { get; init; }

    /// <summary>Choices of a list field: value and label.</summary>
    public IReadOnlyList<(string Value, string Label)> Options { get; init; } = [];
}

/// <summary>A data form (XEP-0004) with its FORM_TYPE (XEP-0068).</summary>
/// <param name="Type"><c>form</c>, <c>submit</c>, <c>cancel</c> or <c>result</c>.</param>
/// <param name="FormType">The FORM_TYPE, or null.</param>
/// <param name="Fields">The fields without FORM_TYPE, in order.</param>
public sealed record DataForm(string Type, string? FormType, IReadOnlyList<DataFormField> Fields)
{
    public string? Title { get; init; }

    public string? Instructions { get; init; }

    /// <summary>A result form, as XEP-0128 wants it.</summary>
    public static DataForm Result(string formType, params IReadOnlyList<DataFormField> fields) => new("result", formType, fields);

    /// <summary>Reads an <c>&lt;x xmlns='jabber:x:data'/&gt;</c>; null when it is not one.</summary>
    public static DataForm? TryParse(XmppElement? x)
    {
        if (x is null || !x.Is("x", Ns.DataForms)) return null;
        string? formType = null;
        var fields = new List<DataFormField>();
        foreach (var field in x.Elements())
        {
            if (!field.Is("field", Ns.DataForms) || field.Attribute("var") is not { } name) continue;
            string[] values = [.. field.Elements().Where(v => v.Is("value", Ns.DataForms)).Select(v => v.Text)];
            if (name == "FORM_TYPE") formType = values.FirstOrDefault();
            else fields.Add(new DataFormField(name, field.Attribute("type"), values));
        }

        return new DataForm(x.Attribute("type") ?? "form", formType, fields);
    }

    /// <summary>The first value of a field, or null.</summary>
    public string? Value(string name) => Fields.FirstOrDefault(f => f.Var == name)?.Values is [var first, ..] ? first : null;

    public XmppElement ToElement()
    {
        var x = new XmppElement("x", Ns.DataForms).With("type", Type);
        if (Title is not null) x = x.Add(new XmppElement("title", Ns.DataForms).Add(Title));
        if (Instructions is not null) x = x.Add(new XmppElement("instructions", Ns.DataForms).Add(Instructions));
        if (FormType is not null) x = x.Add(FieldElement(new DataFormField("FORM_TYPE", "hidden", FormType)));
        return x.Add(Fields.Select(FieldElement));
    }

    private static XmppElement FieldElement(DataFormField field)
    {
        var element = new XmppElement("field", Ns.DataForms).With("var", field.Var).With("type", field.Type).With("label", field.Label);
        if (field.Required) element = element.Add(new XmppElement("required", Ns.DataForms));
        return element
            .Add(field.Values.Select(value => new XmppElement("value", Ns.DataForms).Add(value)))
            .Add(field.Options.Select(o => new XmppElement("option", Ns.DataForms).With("label", o.Label).Add(new XmppElement("value", Ns.DataForms).Add(o.Value))));
    }
}
