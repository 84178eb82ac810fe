using System.Security.Cryptography;
using XmppHost.Addressing;
using XmppHost.Core.Sessions;
using XmppHost.Core.VHosts;
using XmppHost.Handlers;
using XmppHost.Stanzas;
using XmppHost.Xml;

namespace XmppHost.Core.Streams;

/// <summary>Resource binding: RFC 6120 section 7.</summary>
internal sealed class BindFeature : IStreamFeature
{
    public int Order => 300;

    public StreamPhases Phases => StreamPhases.BeforeBinding;

    public string Namespace => Ns.Bind;

    public XmppElement? Advertise(IStreamContext stream) => stream is { Account: not null, Session: null } ? new XmppElement("bind", Ns.Bind) : null;

    public async ValueTask<StreamStep> HandleAsync(IStreamContext stream, XmppElement element, CancellationToken ct)
    {
        var client = (ClientStream)stream;
        if (!element.Is("iq", Ns.Client) || element.Attribute("type") != "set" || element.Attribute("id") is not { } id)
        {
            Reply(client, element, StanzaError.BadRequest());
            return StreamStep.Continue;
        }

        var requested = element.Element("bind", Ns.Bind)?.Element("resource", Ns.Bind)?.Text;
        var (session, error) = await BindAsync(client, requested).ConfigureAwait(false);
        if (session is null)
        {
            Reply(client, element, error!);
            return StreamStep.Continue;
        }

        client.Bound(session);
        StreamLog.Bound(client.Environment.Logger, client.ConnectionId, client.VHost!.Name, session.JidText);
        client.Send(new XmppElement("iq", Ns.Client).With("type", "result").With("id", id)
            .Add(new XmppElement("bind", Ns.Bind).Add(new XmppElement("jid", Ns.Bind).Add(session.JidText))));
        await client.VHost.BoundAsync(session).ConfigureAwait(false);
        return StreamStep.Continue;
    }

    private static async ValueTask<(Session? Session, StanzaError? Error)> BindAsync(ClientStream client, string? requested)
    {
        var (host, account) = (client.VHost!, client.Account!);
        Jid? jid = null;
        if (!string.IsNullOrEmpty(requested) && (jid = account.WithResource(requested)) is null) return (null, StanzaError.BadRequest("not a resource"));
        if (host.Sessions.Sessions(account).Length >= client.Environment.Limits.SessionsPerAccount)
            return (null, StanzaError.ResourceConstraint("too many sessions of this account"));

        while (true)
        {
            var session = new Session(host, jid ?? Generate(account), client.Writer, client.Environment.Log, client.Environment.Clock.GetUtcNow(), client.Environment.Limits.OutboxSize.Bytes)
            {
                IsEphemeral = client.IsAnonymous,
                RemoteEndPoint = client.RemoteEndPoint,
            };
            if (host.Sessions.TryAdd(session)) return (session, null);
            client.Writer.Session = null;

            // RFC 6120 section 7.7.2.2.
            switch (host.Auth.ResourceConflict)
            {
                case ResourceConflict.Refuse:
                    return (null, StanzaError.Conflict() with { Type = StanzaErrorType.Modify });
                case ResourceConflict.Generate:
                    jid = null;
                    break;
                default:
                    if (host.Sessions.FindSession(jid!) is { } old) await old.CloseAsync(StreamError.Conflict).ConfigureAwait(false);
                    break;
            }
        }
    }

    private static Jid Generate(Jid account) => account.WithResource(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8)))!;

    private static void Reply(ClientStream client, XmppElement iq, StanzaError error) =>
        client.Send(new XmppElement("iq", Ns.Client).With("type", "error").With("id", iq.Attribute("id")).Add(error.ToElement()));
}
