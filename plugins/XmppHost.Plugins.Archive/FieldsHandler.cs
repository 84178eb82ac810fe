using XmppHost.Handlers;
using XmppHost.Stanzas;
using XmppHost.Xml;

namespace XmppHost.Plugins.Archive;

/// <summary>XEP-0313 section 4.1.5: what a query may ask for.</summary>
internal sealed class FieldsHandler : IIqHandler
{
    private const string Validation = "http://jabber.org/protocol/xdata-validate";

    private static readonly XmppElement Form = new DataForm("form", ArchiveXml.Namespace,
    [
        new("with", "jid-single"), new("start", "text-single"), new("end", "text-single"), new("before-id", "text-single"), new("after-id", "text-single"), new("include-groupchat", "boolean"),
    ])
        .ToElement()
        .Add(new XmppElement("field", Ns.DataForms).With("var", "ids").With("type", "list-multi").Add(
            new XmppElement("validate", Validation).With("datatype", "xs:string").Add(new XmppElement("open", Validation))));

    public IqKey Key => new(ArchiveXml.Namespace, "query", IqType.Get);

    public IqTarget Target => IqTarget.OwnAccount | IqTarget.OtherAccount;

    public ValueTask<IqReply> HandleAsync(IqRequest request, CancellationToken ct) =>
        request.IsOwnAccount ? IqReply.Result(new XmppElement("query", ArchiveXml.Namespace).Add(Form)) : IqReply.Error(StanzaError.Forbidden());
}
