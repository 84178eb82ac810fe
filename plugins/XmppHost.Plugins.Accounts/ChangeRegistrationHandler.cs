using XmppHost.Handlers;
using XmppHost.Hosting;
using XmppHost.Stanzas;

namespace XmppHost.Plugins.Accounts;

/// <summary>Changing the password and deleting the account: XEP-0077 sections 3.2 and 3.3.</summary>
[Xep(77, "2.4")]
internal sealed class ChangeRegistrationHandler(AccountsOptions options, IAccounts accounts) : IIqHandler
{
    public IqKey Key => new(RegisterXml.Namespace, "query", IqType.Set);

    public async ValueTask<IqReply> HandleAsync(IqRequest request, CancellationToken ct)
    {
        if (request.Session is null || request.From.Domain != request.Host.Name) return StanzaError.NotAllowed();
        var account = request.From.Bare;
        if (request.Payload.Element("remove", RegisterXml.Namespace) is not null)
        {
            // The sessions end with not-authorized: first the answer, then the account goes.
            return IqReply.Result().Then(async () => await accounts.DeleteAsync(account, CancellationToken.None).ConfigureAwait(false));
        }

        var (name, password) = (RegisterXml.Field(request.Payload, "username"), RegisterXml.Field(request.Payload, "password"));
        if (string.IsNullOrEmpty(name) || string.IsNullOrEmpty(password)) return StanzaError.BadRequest("a username and a password are needed");
        if (Addressing.Jid.TryCreate(name, account.Domain, null) != account) return StanzaError.NotAllowed("only your own password");
        if (password.Length < options.MinPasswordLength) return StanzaError.NotAcceptable($"the password needs at least {options.MinPasswordLength} characters");
        var outcome = await accounts.SetPasswordAsync(account, password, ct).ConfigureAwait(false);
        return outcome == AccountOutcome.Done ? IqReply.Result() : RegistrationFeature.ErrorOf(outcome);
    }
}
