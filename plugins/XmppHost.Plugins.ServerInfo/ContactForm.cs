using XmppHost.Disco;
using XmppHost.Stanzas;

namespace XmppHost.Plugins.ServerInfo;

/// <summary>Contact addresses in the host's disco#info: XEP-0157.</summary>
[Xep(157, "1.1.1")]
internal sealed class ContactForm(ServerInfoOptions options) : IDiscoForm
{
    public string? Service => null;

    public DataForm? Form()
    {
        DataFormField[] fields = [.. options.Contact.All.Where(c => c.Addresses.Count > 0).Select(c => new DataFormField(c.Kind + "-addresses", "list-multi", c.Addresses))];
        return fields.Length == 0 ? null : DataForm.Result(ServerInfoXml.ServerInfoForm, fields);
    }
}
