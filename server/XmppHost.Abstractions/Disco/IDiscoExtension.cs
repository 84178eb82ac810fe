using XmppHost.Handlers;
using XmppHost.Stanzas;
using XmppHost.Xml;

namespace XmppHost.Disco;

/// <summary>Adds XEP-0128 forms to disco#info without a node; forms stand in order of registration.</summary>
public interface IDiscoForm
{
    /// <summary>The <see cref="ServiceAddress.Name"/>, or null for the virtual host.</summary>
    string? Service { get; }

    /// <summary>The form, or null when there is nothing to say.</summary>
    DataForm? Form();
}

/// <summary>Features that are known only when all plugins of the host have registered what they have.</summary>
public interface IDiscoFeatures
{
    /// <summary>Asked once, when the host starts.</summary>
    IEnumerable<DiscoFeature> Features();
}

/// <summary>Answers disco#info and disco#items for nodes that a plugin owns, and adds items.</summary>
public interface IDiscoNodes
{
    /// <summary>Why the requester may not ask about a node of this plugin; null when it may, or when the node is not this plugin's. Asked before the others.</summary>
    StanzaError? Refuse(IqRequest request, string node) => null;

    /// <summary>The <c>&lt;query/&gt;</c> for a node, or null when the node is not this plugin's.</summary>
    ValueTask<XmppElement?> InfoAsync(IqRequest request, string node, CancellationToken ct) => ValueTask.FromResult<XmppElement?>(null);

    /// <summary>Items for a node (null: for the address itself); null when the node is not this plugin's.</summary>
    ValueTask<IReadOnlyList<XmppElement>?> ItemsAsync(IqRequest request, string? node, CancellationToken ct) => ValueTask.FromResult<IReadOnlyList<XmppElement>?>(null);
}
