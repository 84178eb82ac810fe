using System.Net;
using XmppHost.Handlers;
using XmppHost.Hosting;
using XmppHost.Stanzas;
using XmppHost.Xml;

namespace XmppHost.Plugins.Accounts;

/// <summary>Making an account before logging in: XEP-0077 section 3.1.</summary>
[Xep(77, "2.4")]
internal sealed class RegistrationFeature(AccountsOptions options, IAccounts accounts, RegistrationThrottle throttle) : IStreamFeature
{
    public int Order => 210;

    public StreamPhases Phases => StreamPhases.BeforeAuthentication;

    public string Namespace => RegisterXml.Namespace;

    public XmppElement? Advertise(IStreamContext stream) => stream.Account is null && IsOpenTo(stream) ? RegisterXml.Feature : null;

    public async ValueTask<StreamStep> HandleAsync(IStreamContext stream, XmppElement element, CancellationToken ct)
    {
        var query = element.Element("query", RegisterXml.Namespace);
        if (!element.Is("iq", Ns.Client) || query is null) return StreamStep.Close(StreamError.NotAuthorized);
        var reply = IsOpenTo(stream)
            ? element.Attribute("type") switch
            {
                "get" => RegisterXml.Reply(element, "result").Add(RegisterXml.Form(options.Instructions)),
                "set" => await RegisterAsync(stream, element, query, ct).ConfigureAwait(false),
                _ => Error(element, StanzaError.BadRequest()),
            }
            : Error(element, StanzaError.ServiceUnavailable());
        stream.Send(reply);
        return StreamStep.Continue;
    }

    private async ValueTask<XmppElement> RegisterAsync(IStreamContext stream, XmppElement iq, XmppElement query, CancellationToken ct)
    {
        // XEP-0077 section 3.2 is for those who are logged in.
        if (query.Element("remove", RegisterXml.Namespace) is not null) return Error(iq, new StanzaError(StanzaErrorType.Cancel, "unexpected-request"));
        var (name, password) = (RegisterXml.Field(query, "username"), RegisterXml.Field(query, "password"));
        if (string.IsNullOrEmpty(name) || string.IsNullOrEmpty(password)) return Error(iq, StanzaError.NotAcceptable("a username and a password are needed"));
        if (password.Length < options.MinPasswordLength) return Error(iq, StanzaError.NotAcceptable($"the password needs at least {options.MinPasswordLength} characters"));
        if (!throttle.TryTake(stream.RemoteEndPoint)) return Error(iq, StanzaError.ResourceConstraint("too many registrations from your address, try again in an hour"));
        var outcome = await accounts.CreateAsync(name, password, ct).ConfigureAwait(false);
        return outcome == AccountOutcome.Done ? RegisterXml.Reply(iq, "result") : Error(iq, ErrorOf(outcome));
    }

    private bool IsOpenTo(IStreamContext stream) => options.Registration switch
    {
        RegistrationPolicy.Open => true,
        RegistrationPolicy.Loopback => stream.RemoteEndPoint is not IPEndPoint remote || IPAddress.IsLoopback(remote.Address),
        _ => false,
    };

    internal static StanzaError ErrorOf(AccountOutcome outcome) => outcome switch
    {
        AccountOutcome.AlreadyExists => StanzaError.Conflict("this name is taken"),
        AccountOutcome.BadName => StanzaError.NotAcceptable("this is not a name an account can have"),
        AccountOutcome.BadPassword => StanzaError.NotAcceptable("this is not a password an account can have"),
        _ => StanzaError.ItemNotFound(),
    };

    private static XmppElement Error(XmppElement iq, StanzaError error) => RegisterXml.Reply(iq, "error").Add(error.ToElement());
}
