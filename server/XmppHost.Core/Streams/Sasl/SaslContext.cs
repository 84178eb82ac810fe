using XmppHost.Hosting;

namespace XmppHost.Core.Streams.Sasl;

/// <summary>The stream as a mechanism sees it.</summary>
internal sealed record SaslContext(IVHost Host, bool IsSecure, ChannelBindings Bindings, LoginGate Gate);
