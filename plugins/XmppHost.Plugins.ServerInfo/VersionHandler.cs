using System.Runtime.InteropServices;
using XmppHost.Handlers;
using XmppHost.Stanzas;
using XmppHost.Xml;

namespace XmppHost.Plugins.ServerInfo;

[Xep(92, "1.1")]
internal sealed class VersionHandler(ServerInfoOptions options, string? service) : IIqHandler
{
    public IqKey Key => new(ServerInfoXml.Version, "query", IqType.Get, service);

    public IqTarget Target => IqTarget.Host;

    public ValueTask<IqReply> HandleAsync(IqRequest request, CancellationToken ct)
    {
        var query = new XmppElement("query", ServerInfoXml.Version)
            .Add(new XmppElement("name", ServerInfoXml.Version).Add("XmppHost"))
            .Add(new XmppElement("version", ServerInfoXml.Version).Add(typeof(VersionHandler).Assembly.GetName().Version?.ToString(3)));
        if (options.ShowOs) query = query.Add(new XmppElement("os", ServerInfoXml.Version).Add(RuntimeInformation.OSDescription));
        return (IqReply)query;
    }
}
