using XmppHost.Import.Drafts;
using XmppHost.Import.Sources;

namespace XmppHost.Import.Ejabberd;

/// <summary>Who may upload: an access rule by its name, resolved as far as it says JIDs and domains.</summary>
internal sealed class EjabberdAccess(EjabberdConfig config, string host, ImportLog log)
{
    internal void Import(UploadDraft draft, string option)
    {
        // "local", the default, is who has an account here, as with us.
        if (draft.Options.Take(option) is not { } value || value is SourceValue.Text { Value: "local" }) return;
        if (value is SourceValue.Text { Value: "all" or "none" } simple)
        {
            log.Warn(value.Place, simple.Value == "all"
                ? $"{option}: 'all' let anyone upload, from other servers too; here the host's own accounts may, and those that 'access' names"
                : $"{option}: 'none' let nobody upload; here the host's own accounts may: take HttpUpload out, or set who may");
            return;
        }

        var rules = value is SourceValue.Text name ? EjabberdConfig.AsMap(config.Of(host, "access_rules"))[name.Value] ?? value : value;
        var entries = new List<string>();
        if (!TryResolve(rules, entries, out var isLocal))
        {
            log.Warn(value.Place, $"{option}: {Described(value)} is more than JIDs and domains; in the config printed here the host's own accounts may upload, and nobody else: see 'access'");
            return;
        }

        if (!isLocal) log.Warn(value.Place, $"{option}: {Described(value)} does not allow the host's own accounts in general; here they may upload");
        if (entries.Count > 0) draft.Section.Set("access", entries.Distinct(), draft.From(value, option));
    }

    private static string Described(SourceValue value) => value is SourceValue.Text text ? $"the rule '{text.Value}'" : "the rule";

    // allow: local / - allow: [local, friends] / - allow: { user: a@b }
    private bool TryResolve(SourceValue rules, List<string> entries, out bool isLocal)
    {
        isLocal = false;
        if (rules is not SourceValue.Table table) return false;
        foreach (var part in table.Items.Append(table with { Items = [] }))
        {
            if (part is not SourceValue.Table { Named: var named }) return false;
            foreach (var (verb, who) in named.All)
            {
                if (verb != "allow") return false;
                foreach (var acl in who is SourceValue.Table { Named.Count: 0 } several ? several.Items : [who])
                    if (acl is SourceValue.Text { Value: "local" }) isLocal = true;
                    else if (!TryAcl(acl, entries)) return false;
            }
        }

        return isLocal || entries.Count > 0;
    }

    private bool TryAcl(SourceValue acl, List<string> entries)
    {
        if (acl is SourceValue.Text name) acl = EjabberdConfig.AsMap(config.Of(host, "acl"))[name.Value] ?? acl;
        if (acl is not SourceValue.Table table) return false;
        foreach (var (kind, who) in EjabberdConfig.AsMap(table).All)
        {
            if (kind is not ("user" or "server" or "acl")) return false;
            if (kind == "acl")
            {
                // An acl that is another; one that is itself leads nowhere.
                if (who is not SourceValue.Text other || EjabberdConfig.AsMap(config.Of(host, "acl"))[other.Value] is not SourceValue.Table inner || ReferenceEquals(inner, acl) || inner.Named["acl"] is not null || !TryAcl(inner, entries)) return false;
                continue;
            }

            var names = who is SourceValue.Table { Named.Count: 0 } list ? list.Items : [who];
            foreach (var item in names)
                if (item is not SourceValue.Text text || !TryName(kind, text.Value, entries)) return false;
        }

        return true;
    }

    private bool TryName(string kind, string name, List<string> entries)
    {
        // A user without a domain is one of this host.
        var entry = kind == "user" && !name.Contains('@', StringComparison.Ordinal) ? $"{name}@{host}" : name;
        if (!Addresses.IsBare(entry)) return false;
        entries.Add(entry);
        return true;
    }
}
