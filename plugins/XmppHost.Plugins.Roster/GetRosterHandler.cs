using XmppHost.Handlers;
using XmppHost.Hosting;
using XmppHost.Stanzas;

namespace XmppHost.Plugins.Roster;

/// <summary>RFC 6121 sections 2.2 and 2.6.</summary>
internal sealed class GetRosterHandler(Rosters rosters) : IIqHandler
{
    /// <summary>More changes than this are cheaper as a whole roster.</summary>
    private const int MaxPushes = 50;

    public IqKey Key { get; } = new(Ns.Roster, "query", IqType.Get);

    public IqTarget Target => IqTarget.OwnAccount;

    public async ValueTask<IqReply> HandleAsync(IqRequest request, CancellationToken ct)
    {
        // Before the roster is read: a change in between reaches the session as a push.
        if (request.Session is { } session) session[Rosters.InterestedNote] = "1";
        var roster = await rosters.GetAsync(request.From, ct).ConfigureAwait(false);

        var known = request.Payload.Attribute("ver");
        if (known is null) return Whole(roster, withVersion: false, request.Session);
        var version = RosterXml.ReadVersion(known);
        if (version == roster.Version) return IqReply.Result();
        if (request.Session is not null && roster.CanContinueFrom(version) && roster.ChangesSince(version).Count <= MaxPushes)
            return PushedAfterwards(IqReply.Result(), request.Session, version);
        return Whole(roster, withVersion: true, request.Session);
    }

    private IqReply Whole(RosterSnapshot roster, bool withVersion, ISession? session)
    {
        var query = RosterXml.Query(withVersion ? RosterXml.VersionText(roster.Version) : null, roster.Listed.Select(RosterXml.Item));
        return session is null ? query : PushedAfterwards(query, session, roster.Version);
    }

    // A push may have overtaken this reply; told again, the client ends up right.
    private IqReply PushedAfterwards(IqReply reply, ISession session, long version) => reply.Then(() => rosters.PushSinceAsync(session, version));
}
