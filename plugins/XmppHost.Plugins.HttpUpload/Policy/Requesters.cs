using XmppHost.Addressing;
using XmppHost.Hosting;

namespace XmppHost.Plugins.HttpUpload.Policy;

/// <summary>A kind of requester that a rule names.</summary>
/// <param name="IsOne">Whether the requester, a bare JID with the session that it has here, is one of them.</param>
internal sealed record Requesters(Func<Jid, ISession?, IVHost, bool> IsOne)
{
    /// <summary>Null when the text names nobody.</summary>
    internal static Requesters? Parse(string text) => text switch
    {
        "local" => new(IsLocal),
        "anonymous" => new((jid, session, host) => session is { IsAnonymous: true } && jid.Domain == host.Name),
        "components" => new((jid, session, host) => session is null && jid.Domain.EndsWith("." + host.Name, StringComparison.Ordinal)),
        "remote" => new((jid, _, host) => jid.Domain != host.Name),
        _ when text.StartsWith("*.", StringComparison.Ordinal) => Below(Jid.TryParse(text[2..])),
        _ => Named(Jid.TryParse(text)),
    };

    /// <summary>An anonymous session is local too, but nobody's account.</summary>
    internal static bool IsLocal(Jid jid, ISession? session, IVHost host) => session is { IsAnonymous: false } && jid.Domain == host.Name;

    private static Requesters? Below(Jid? domain) =>
        domain is { IsDomain: true } ? new((jid, _, _) => jid.Domain.EndsWith("." + domain.Domain, StringComparison.Ordinal)) : null;

    private static Requesters? Named(Jid? name) => name switch
    {
        { IsDomain: true } => new((jid, _, _) => jid.Domain == name.Domain),
        { IsBare: true } => new((jid, _, _) => jid == name),
        _ => null,
    };
}
