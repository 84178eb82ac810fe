using System.Text;
using XmppHost.Benchmarks.Load.Net;

namespace XmppHost.Benchmarks.Load.Protocol;

/// <summary>Creates one account by in-band registration (XEP-0077 section 3.1); one that exists already is as good.</summary>
internal sealed class RegisterFlow(LoadTarget target, Account account, Action<string?> done) : IElementSink
{
    private bool _isSecured = target.Tls != TlsMode.StartTls;
    private bool _isDone;

    public void Start(EventLoop loop) => target.Connect(loop, this);

    public void OnSecured(Connection connection)
    {
        _isSecured = true;
        connection.Send(target.StreamHeader);
    }

    public void OnElement(Connection connection, ElementKind kind, ReadOnlySpan<byte> xml)
    {
        if (kind == ElementKind.StreamOpen) return;
        if (Markers.IsFeatures(xml)) connection.Send(_isSecured ? Request() : "<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>"u8);
        else if (Markers.IsNamed(xml, "proceed"u8)) connection.StartTls(target.TlsContext);
        else if (Markers.IsNamed(xml, "iq"u8)) Finish(connection, !Markers.IsError(xml) || xml.IndexOf("<conflict"u8) >= 0 ? null : Markers.Shown(xml));
        else connection.Close(Markers.Shown(xml));
    }

    public void OnClosed(Connection connection, string? reason)
    {
        if (!_isDone) done($"{account.User}: {reason}");
        _isDone = true;
    }

    private void Finish(Connection connection, string? problem)
    {
        _isDone = true;
        connection.Send("</stream:stream>"u8);
        connection.Close();
        done(problem is null ? null : $"{account.User}: {problem}");
    }

    private byte[] Request() => Encoding.UTF8.GetBytes(
        $"<iq type='set' id='register'><query xmlns='jabber:iq:register'><username>{account.User}</username><password>{account.Password}</password></query></iq>");
}
