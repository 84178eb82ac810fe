using XmppHost.Benchmarks.Load.Net;

namespace XmppHost.Benchmarks.Load.Protocol;

internal interface ILoginOwner
{
    void OnLoggedIn(Connection connection, string jid);

    void OnLoginFailed(string reason);
}
