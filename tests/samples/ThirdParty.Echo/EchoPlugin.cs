using System.ComponentModel.DataAnnotations;
using Autofac;
using ThirdParty.Echo;
using XmppHost.Handlers;
using XmppHost.Plugins;
using XmppHost.Stanzas;
using XmppHost.Xml;

[assembly: XmppPlugin("Echo", typeof(EchoModule))]

namespace ThirdParty.Echo;

public sealed record EchoOptions(string Prefix = "", [Range(1, 1000)] int MaxLength = 100);

public sealed class EchoModule(PluginContext plugin) : PluginModule(plugin)
{
    protected override void Load(ContainerBuilder builder)
    {
        builder.RegisterInstance(Options<EchoOptions>());
        builder.AddFeature(EchoHandler.Namespace);
        builder.Add<EchoHandler>();
        builder.Add<SayCommand>();
    }
}

public sealed class EchoHandler(EchoOptions options) : IIqHandler
{
    public const string Namespace = "urn:example:echo";

    public IqKey Key => new(Namespace, "echo", IqType.Get);

    public ValueTask<IqReply> HandleAsync(IqRequest request, CancellationToken ct)
    {
        var text = request.Payload.Text;
        if (text.Length > options.MaxLength) return IqReply.Error(StanzaError.NotAcceptable($"at most {options.MaxLength} characters"));
        return IqReply.Result(new XmppElement("echo", Namespace).Add(options.Prefix + text));
    }
}
