using XmppHost.Addressing;
using XmppHost.Hosting;

namespace XmppHost.Plugins.HttpUpload.Policy;

/// <summary>Who may upload within which limits: the first rule that names the requester decides, then the list of others with access, then being one of the host's accounts.</summary>
internal sealed class AccessPolicy
{
    private readonly IVHost _host;
    private readonly (Requesters[] Who, Limits? Limits)[] _rules;

    internal AccessPolicy(HttpUploadOptions options, IVHost host)
    {
        _host = host;
        General = new Limits(options.MaxFileSize.Limit(), options.SlotsPerMinute, options.BytesPerDay?.Limit(), new Quota(options.BytesPerUser?.Limit(), options.FilesPerUser));
        _rules =
        [
            .. options.Rules.Select(r => (Named(r.Who), r.Allow ? Merge(r) : null)),
            (Named(options.Access), General),
            ([new Requesters(Requesters.IsLocal)], General),
        ];
    }

    /// <summary>What holds for whoever no rule names.</summary>
    internal Limits General { get; }

    /// <summary>All that somebody may be given.</summary>
    internal IEnumerable<Limits> All => _rules.Select(r => r.Limits).OfType<Limits>();

    /// <summary>Null for who may not upload.</summary>
    internal Limits? Of(Jid requester, ISession? session)
    {
        foreach (var (who, limits) in _rules)
            foreach (var kind in who)
                if (kind.IsOne(requester, session, _host))
                    return limits;
        return null;
    }

    private Limits Merge(AccessRuleOptions rule) => new(
        Pick(rule.MaxFileSize, General.MaxFileSize),
        rule.SlotsPerMinute is { } slots ? slots == 0 ? null : slots : General.SlotsPerMinute,
        Pick(rule.BytesPerDay, General.BytesPerDay),
        new Quota(Pick(rule.BytesPerUser, General.Quota.Bytes), rule.FilesPerUser is { } files ? files == 0 ? null : files : General.Quota.Files));

    private static long? Pick(ByteSize? own, long? general) => own is { } size ? size.Limit() : general;

    private static Requesters[] Named(IEnumerable<string> who) => [.. who.Select(w => Requesters.Parse(w)!)];
}
