using XmppHost.Handlers;
using XmppHost.Stanzas;

namespace XmppHost.Plugins.Archive;

/// <summary>XEP-0441 section 2: replaces the preferences as a whole.</summary>
internal sealed class SetPreferencesHandler(PreferenceStore preferences, ArchiveOptions options) : IIqHandler
{
    public IqKey Key => new(ArchiveXml.Namespace, "prefs", IqType.Set);

    public IqTarget Target => IqTarget.OwnAccount | IqTarget.OtherAccount;

    public async ValueTask<IqReply> HandleAsync(IqRequest request, CancellationToken ct)
    {
        if (!request.IsOwnAccount || request.Session is { IsAnonymous: true }) return StanzaError.Forbidden();
        if (Preferences.TryParse(request.Payload) is not { } wanted) return StanzaError.BadRequest();
        if (wanted.Always.Count + wanted.Never.Count > options.MaxListed) return StanzaError.ResourceConstraint($"at most {options.MaxListed} addresses");
        await preferences.SetAsync(request.From.Bare, wanted, ct).ConfigureAwait(false);
        return wanted.ToElement();
    }
}
