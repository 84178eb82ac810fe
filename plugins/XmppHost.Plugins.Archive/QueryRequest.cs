using System.Globalization;
using XmppHost.Addressing;
using XmppHost.Stanzas;
using XmppHost.Storage;
using XmppHost.Xml;

namespace XmppHost.Plugins.Archive;

/// <summary>A <c>&lt;query/&gt;</c> as it was sent (XEP-0313 section 4): ids are still texts that may name nothing.</summary>
internal sealed record QueryRequest
{
    private static readonly string[] Fields = ["with", "start", "end", "before-id", "after-id", "ids", "include-groupchat"];

    /// <summary>With, start and end.</summary>
    public ArchiveQuery Filter { get; private init; } = new();

    public string? AfterId { get; private init; }

    public string? BeforeId { get; private init; }

    public IReadOnlyList<string> Ids { get; private init; } = [];

    /// <summary>RSM's <c>max</c>.</summary>
    public int? Max { get; private init; }

    /// <summary>RSM's <c>after</c>.</summary>
    public string? After { get; private init; }

    /// <summary>RSM's <c>before</c>; empty for the last page.</summary>
    public string? Before { get; private init; }

    public bool Flip { get; private init; }

    internal static (QueryRequest? Request, StanzaError? Error) Parse(XmppElement query)
    {
        if (query.Attribute("node") is not null) return (null, StanzaError.ItemNotFound());
        var request = new QueryRequest { Flip = query.Element("flip-page", ArchiveXml.Namespace) is not null };
        if (query.Element("x", Ns.DataForms) is { } x)
        {
            var (filtered, error) = request.WithForm(DataForm.TryParse(x)!);
            if (filtered is null) return (null, error);
            request = filtered;
        }

        return query.Element("set", ArchiveXml.Rsm) is { } set ? request.WithPage(set) : (request, null);
    }

    private (QueryRequest? Request, StanzaError? Error) WithForm(DataForm form)
    {
        if (form.FormType != ArchiveXml.Namespace) return (null, StanzaError.BadRequest("the form's FORM_TYPE must be urn:xmpp:mam:2"));

        // Section 4.1.5: MUST, for whatever is not understood.
        if (form.Fields.FirstOrDefault(f => !Fields.Contains(f.Var)) is { } unknown) return (null, StanzaError.FeatureNotImplemented($"unknown field {unknown.Var}"));
        var (with, start, end) = (Value(form, "with"), Value(form, "start"), Value(form, "end"));
        var (jid, from, to) = (with is null ? null : Jid.TryParse(with), XmppDateTime.TryParse(start), XmppDateTime.TryParse(end));
        if (with is not null && jid is null) return (null, StanzaError.BadRequest("'with' is not a JID"));
        if ((start is not null && from is null) || (end is not null && to is null)) return (null, StanzaError.BadRequest("'start' and 'end' must be times as in XEP-0082"));
        return (this with
        {
            Filter = new ArchiveQuery(jid, from, Through(to)),
            AfterId = Value(form, "after-id"),
            BeforeId = Value(form, "before-id"),
            Ids = form.Values("ids"),
        }, null);
    }

    private (QueryRequest? Request, StanzaError? Error) WithPage(XmppElement set)
    {
        if (set.Element("index", ArchiveXml.Rsm) is not null) return (null, StanzaError.FeatureNotImplemented("pages by index are not offered"));
        int? max = null;
        if (set.Element("max", ArchiveXml.Rsm)?.Text is { } text)
        {
            if (!int.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return (null, StanzaError.BadRequest("'max' is not a number"));
            max = number;
        }

        var after = set.Element("after", ArchiveXml.Rsm)?.Text;
        return (this with { Max = max, After = string.IsNullOrEmpty(after) ? null : after, Before = set.Element("before", ArchiveXml.Rsm)?.Text }, null);
    }

    private static string? Value(DataForm form, string name) => form.Value(name) is { Length: > 0 } value ? value : null;

    // Clients know times to the millisecond, since that is what stamps have: such a one ends with its last microsecond.
    private static DateTimeOffset? Through(DateTimeOffset? end) =>
        end is { } time && time.Ticks % TimeSpan.TicksPerMillisecond == 0 ? time.AddTicks(TimeSpan.TicksPerMillisecond - 1) : end;
}
