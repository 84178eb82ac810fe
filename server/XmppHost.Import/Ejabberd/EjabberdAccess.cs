using XmppHost.Import.Drafts;
using XmppHost.Import.Output;
using XmppHost.Import.Sources;

namespace XmppHost.Import.Ejabberd;

/// <summary>Who may upload: an access rule by its name, resolved as far as it says JIDs, domains and local users.</summary>
internal sealed class EjabberdAccess(EjabberdConfig config, string host, ImportLog log)
{
    private const string Local = "local";

    internal void Import(UploadDraft draft, string option)
    {
        // The default is who has an account here, as with us.
        if (draft.Options.Take(option) is not { } value || value is SourceValue.Text { Value: Local }) return;
        var rules = new List<(IReadOnlyList<string> Who, bool Allow)>();
        if (!TryRules(value, option, rules))
        {
            var name = value is SourceValue.Text text ? $"the rule '{text.Value}'" : "the rule";
            log.Warn(value.Place, $"{option}: {name} is more than JIDs, domains and local users; here the host's own accounts may upload and nobody else, unless 'rules' or 'access' say so");
            return;
        }

        if (rules.TrueForAll(r => r.Allow) && rules.Exists(r => r.Who.Contains(Local)))
        {
            var others = rules.SelectMany(r => r.Who).Where(w => w != Local).Distinct().ToArray();
            if (others.Length > 0) draft.Section.Set("access", others, draft.From(value, option));
            return;
        }

        // Whom no rule names may not; with us accounts of the host may, unless a rule says otherwise.
        if (!rules.Exists(r => r.Who.Contains(Local))) rules.Add(([Local], false));
        draft.Section.Set("rules", new JsonPart.Rules(rules), draft.From(value, option));
    }

    private bool TryRules(SourceValue value, string option, List<(IReadOnlyList<string> Who, bool Allow)> rules)
    {
        if (value is SourceValue.Text name)
        {
            if (IsEverybody(name, option, rules)) return true;
            if (name.Value == "none") return true;
            if (EjabberdConfig.AsMap(config.Of(host, "access_rules"))[name.Value] is not { } named || named is SourceValue.Text { Value: var same } && same == name.Value) return false;
            value = named;
        }

        if (value is not SourceValue.Table table) return value is SourceValue.Text inner && IsEverybody(inner, option, rules);
        // "- allow: local", or "- allow" alone, which is for everybody.
        foreach (var part in table.Items.Append(table with { Items = [] }))
        {
            if (part is SourceValue.Text { Value: "allow" } all && IsEverybody(all with { Value = "all" }, option, rules)) return true;
            if (part is SourceValue.Text { Value: "deny" }) return true;
            if (part is not SourceValue.Table { Named: var verbs }) return false;
            foreach (var (verb, who) in verbs.All)
                if (verb is not ("allow" or "deny") || !TryRule(verb == "allow", who, option, rules)) return false;
        }

        return true;
    }

    private bool IsEverybody(SourceValue.Text name, string option, List<(IReadOnlyList<string> Who, bool Allow)> rules)
    {
        if (name.Value != "all") return false;
        rules.Add(([Local], true));
        log.Warn(name.Place, $"{option}: anyone could upload, from other servers too; here only those named may. If you want that: \"rules\": [{{ \"who\": [\"local\", \"remote\"] }}]");
        return true;
    }

    private bool TryRule(bool allow, SourceValue who, string option, List<(IReadOnlyList<string> Who, bool Allow)> rules)
    {
        var entries = new List<string>();
        foreach (var acl in who is SourceValue.Table { Named.Count: 0 } several ? several.Items : [who])
        {
            if (acl is SourceValue.Text all && allow && IsEverybody(all, option, rules)) continue;
            if (acl is SourceValue.Text { Value: "none" }) continue;
            if (!TryAcl(acl, entries, followsName: true)) return false;
        }

        if (entries.Count > 0) rules.Add((entries, allow));
        return true;
    }

    private bool TryAcl(SourceValue acl, List<string> entries, bool followsName)
    {
        if (acl is SourceValue.Text name)
        {
            if (name.Value == Local) entries.Add(Local);
            return name.Value == Local || (followsName && EjabberdConfig.AsMap(config.Of(host, "acl"))[name.Value] is { } named && TryAcl(named, entries, followsName: false));
        }

        foreach (var (kind, who) in EjabberdConfig.AsMap(acl).All)
            foreach (var item in who is SourceValue.Table { Named.Count: 0 } list ? list.Items : [who])
                if (kind == "acl" ? !TryAcl(item, entries, followsName) : !TryName(kind, item, entries))
                    return false;
        return acl is SourceValue.Table;
    }

    private bool TryName(string kind, SourceValue item, List<string> entries)
    {
        if (kind is not ("user" or "server") || item is not SourceValue.Text { Value: var name }) return false;
        // A user without a domain is one of this host.
        var entry = kind == "user" && !name.Contains('@', StringComparison.Ordinal) ? $"{name}@{host}" : name;
        if (!Addresses.IsBare(entry)) return false;
        entries.Add(entry);
        return true;
    }
}
