using XmppHost.Handlers;

namespace XmppHost.Disco;

/// <summary>A feature for disco#info (XEP-0030 section 3); register an instance.</summary>
/// <param name="Var">The feature's namespace.</param>
/// <param name="Service">The <see cref="ServiceAddress.Name"/> that has it, or null for the virtual host and its accounts.</param>
/// <param name="Target">Where it is announced: the host, accounts, or both. Ignored for a service.</param>
public sealed record DiscoFeature(string Var, string? Service = null, IqTarget Target = IqTarget.Host);

/// <summary>An identity for disco#info; register an instance. The host is <c>server/im</c> and an account <c>account/registered</c> anyway, a service has the one of its address.</summary>
public sealed record DiscoIdentity(string Category, string Type, string? Name = null, string? Service = null, IqTarget Target = IqTarget.Host);

/// <summary>
/// A service of a virtual host with an address of its own: <c>upload</c> becomes <c>upload.example.org</c>, is routed to this host's IQ table under that name, and stands in the
/// host's disco#items. Register an instance.
/// </summary>
/// <param name="Name">The label before the host's domain; a name with a dot is a domain as it stands.</param>
/// <param name="Category">Identity category, for instance <c>store</c>.</param>
/// <param name="Type">Identity type, for instance <c>file</c>.</param>
/// <param name="Title">What a person reads.</param>
public sealed record ServiceAddress(string Name, string Category, string Type, string Title);
