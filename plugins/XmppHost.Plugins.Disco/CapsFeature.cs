using System.Security.Cryptography;
using System.Text;
using XmppHost.Handlers;
using XmppHost.Stanzas;
using XmppHost.Xml;

namespace XmppHost.Plugins.Disco;

/// <summary>The host's own capabilities in the stream features: XEP-0115 section 6.3.</summary>
[Xep(115, "1.6.0")]
internal sealed class CapsFeature(DiscoCatalogue catalogue) : IStreamFeature
{
    // Section 4: a URI that is the software's own. A UUID needs no domain that somebody else might own.
    private const string Software = "urn:uuid:aee6b1a6-41e5-4838-9afb-129099d50a6c";

    private readonly Lazy<XmppElement> _caps = new(() =>
        new XmppElement("c", Ns.Caps).With("hash", "sha-1").With("node", Software).With("ver", Hash(catalogue.HostInfo())));

    public int Order => 900;

    public string? Namespace => null;

    public XmppElement? Advertise(IStreamContext stream) => stream.Account is null ? null : _caps.Value;

    public ValueTask<StreamStep> HandleAsync(IStreamContext stream, XmppElement element, CancellationToken ct) => ValueTask.FromResult(StreamStep.Continue);

    internal static string NodeOf(DiscoCatalogue catalogue) => Software + "#" + Hash(catalogue.HostInfo());

    /// <summary>XEP-0115 section 5.1. All sorting is by ordinal ("i;octet" of the UTF-8).</summary>
    internal static string Hash(XmppElement info)
    {
        var text = new StringBuilder();
        foreach (var identity in Children(info, "identity").Select(i => $"{i.Attribute("category")}/{i.Attribute("type")}/{i.Attribute("lang", XmlNs.Xml)}/{i.Attribute("name")}").Order(StringComparer.Ordinal))
            text.Append(identity).Append('<');
        foreach (var feature in Children(info, "feature").Select(f => f.Attribute("var")).Order(StringComparer.Ordinal))
            text.Append(feature).Append('<');
        foreach (var form in info.Elements().Select(DataForm.TryParse).OfType<DataForm>().Where(f => f.FormType is not null).OrderBy(f => f.FormType, StringComparer.Ordinal))
        {
            text.Append(form.FormType).Append('<');
            foreach (var field in form.Fields.OrderBy(f => f.Var, StringComparer.Ordinal))
            {
                text.Append(field.Var).Append('<');
                foreach (var value in field.Values.Order(StringComparer.Ordinal)) text.Append(value).Append('<');
            }
        }

        return Convert.ToBase64String(SHA1.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    private static IEnumerable<XmppElement> Children(XmppElement info, string name) => info.Elements().Where(e => e.Is(name, Ns.DiscoInfo));
}
