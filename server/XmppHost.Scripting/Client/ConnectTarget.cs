namespace XmppHost.Scripting;

/// <summary>Whom a client wants to reach.</summary>
/// <param name="Domain">The virtual host, which is the <c>to</c> of the stream.</param>
/// <param name="DirectTls">True for the port where TLS starts at once (XEP-0368).</param>
public readonly record struct ConnectTarget(string Domain, bool DirectTls);
