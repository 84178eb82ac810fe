using XmppHost.Handlers;
using XmppHost.Stanzas;

namespace XmppHost.Plugins.Archive;

/// <summary>XEP-0441 section 2.</summary>
internal sealed class GetPreferencesHandler(PreferenceStore preferences) : IIqHandler
{
    public IqKey Key => new(ArchiveXml.Namespace, "prefs", IqType.Get);

    public IqTarget Target => IqTarget.OwnAccount | IqTarget.OtherAccount;

    public async ValueTask<IqReply> HandleAsync(IqRequest request, CancellationToken ct) =>
        request.IsOwnAccount ? (await preferences.GetAsync(request.From.Bare, ct).ConfigureAwait(false)).ToElement() : StanzaError.Forbidden();
}
