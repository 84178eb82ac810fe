using System.Text;
using XmppHost.Benchmarks.Load.Net;

namespace XmppHost.Benchmarks.Load.Protocol;

/// <summary>
/// From the first stream header to a bound resource, and to its own presence coming back where presence is wanted. Then the connection is the
/// owner's, who sets <see cref="Connection.Sink"/>.
/// </summary>
internal sealed class LoginFlow(LoadTarget target, Account account, bool withPresence, ILoginOwner owner) : IElementSink
{
    private static readonly byte[] StartTls = "<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>"u8.ToArray();
    private static readonly byte[] Bind = "<iq type='set' id='bind'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'><resource>bench</resource></bind></iq>"u8.ToArray();

    private readonly ScramLogin _scram = new(account, target.Keys);
    private bool _isSecured = target.Tls != TlsMode.StartTls;
    private bool _isAuthenticated;
    private string _jid = "";

    public void Start(EventLoop loop) => target.Connect(loop, this);

    public void OnSecured(Connection connection)
    {
        _isSecured = true;
        connection.Send(target.StreamHeader);
    }

    public void OnElement(Connection connection, ElementKind kind, ReadOnlySpan<byte> xml)
    {
        if (kind == ElementKind.StreamOpen) return;
        if (kind == ElementKind.StreamClose) connection.Close("the server closed the stream during login");
        else if (Markers.IsFeatures(xml)) OnFeatures(connection);
        else if (Markers.IsNamed(xml, "proceed"u8)) connection.StartTls(target.TlsContext);
        else if (Markers.IsNamed(xml, "challenge"u8)) SendText(connection, _scram.ResponseElement(xml));
        else if (Markers.IsNamed(xml, "success"u8)) OnSuccess(connection, xml);
        else if (Markers.IsNamed(xml, "iq"u8)) OnIq(connection, xml);
        else if (Markers.IsNamed(xml, "presence"u8)) OnPresence(connection, xml);
        else if (!Markers.IsNamed(xml, "message"u8)) connection.Close($"login of {account.User} was answered with {Markers.Shown(xml)}");
    }

    public void OnClosed(Connection connection, string? reason) => owner.OnLoginFailed($"{account.User}: {reason ?? "closed"}");

    private void OnFeatures(Connection connection)
    {
        if (!_isSecured) connection.Send(StartTls);
        else if (!_isAuthenticated) SendText(connection, _scram.AuthElement());
        else connection.Send(Bind);
    }

    private void OnSuccess(Connection connection, ReadOnlySpan<byte> xml)
    {
        if (!_scram.Accepts(xml))
        {
            connection.Close("the server's SCRAM signature is wrong");
            return;
        }

        _isAuthenticated = true;
        connection.Send(target.StreamHeader);
    }

    private void OnIq(Connection connection, ReadOnlySpan<byte> xml)
    {
        _jid = Markers.ChildText(xml, "<jid>"u8);
        if (Markers.IsError(xml) || _jid.Length == 0) connection.Close($"binding was answered with {Markers.Shown(xml)}");
        else if (withPresence) connection.Send("<presence/>"u8);
        else owner.OnLoggedIn(connection, _jid);
    }

    // RFC 6121 section 4.2.2: the resource that became available is told so too.
    private void OnPresence(Connection connection, ReadOnlySpan<byte> xml)
    {
        if (Markers.Attribute(xml, "from"u8).SequenceEqual(Encoding.UTF8.GetBytes(_jid))) owner.OnLoggedIn(connection, _jid);
    }

    private static void SendText(Connection connection, string text)
    {
        var room = connection.Reserve(text.Length * 3);
        connection.Commit(Encoding.UTF8.GetBytes(text, room));
    }
}
