using XmppHost.Handlers;
using XmppHost.Stanzas;
using XmppHost.Xml;

namespace XmppHost.Plugins.ServerInfo;

[Xep(202, "2.0")]
internal sealed class TimeHandler(TimeProvider clock, string? service) : IIqHandler
{
    public IqKey Key => new(ServerInfoXml.Time, "time", IqType.Get, service);

    public IqTarget Target => IqTarget.Host;

    public ValueTask<IqReply> HandleAsync(IqRequest request, CancellationToken ct)
    {
        var now = clock.GetLocalNow();
        var offset = now.Offset == TimeSpan.Zero ? "Z" : (now.Offset < TimeSpan.Zero ? "-" : "+") + now.Offset.ToString(@"hh\:mm", null);
        return (IqReply)new XmppElement("time", ServerInfoXml.Time)
            .Add(new XmppElement("tzo", ServerInfoXml.Time).Add(offset))
            .Add(new XmppElement("utc", ServerInfoXml.Time).Add(XmppDateTime.Format(now)));
    }
}
