using XmppHost.Stanzas;

namespace XmppHost.Handlers;

/// <summary>
/// What an IQ handler answers: the payload's namespace and element name, and get or set. One key has one handler per virtual host.
/// </summary>
/// <param name="Namespace">The payload's namespace.</param>
/// <param name="Element">The payload's element name; some namespaces have several (<c>urn:xmpp:mam:2</c>: <c>query</c> and <c>prefs</c>).</param>
/// <param name="Type"><see cref="IqType.Get"/> or <see cref="IqType.Set"/>.</param>
/// <param name="Service">The <see cref="Disco.ServiceAddress.Name"/> that is asked, <see cref="AnyService"/>, or null for the virtual host and its accounts.</param>
public readonly record struct IqKey(string Namespace, string Element, IqType Type, string? Service = null)
{
    /// <summary>For a handler that answers for every service without a handler of its own for the key.</summary>
    public const string AnyService = "*";
}
