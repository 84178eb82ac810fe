using Autofac;
using XmppHost.Plugins;
using XmppHost.Plugins.Roster;
using XmppHost.Plugins.Roster.Presence;
using XmppHost.Plugins.Roster.Subscriptions;

[assembly: XmppPlugin("Roster", typeof(RosterModule))]

namespace XmppHost.Plugins.Roster;

/// <summary>RFC 6121 sections 2 to 4: contacts, subscriptions and presence.</summary>
[Xep(237, "1.3")]
internal sealed class RosterModule(PluginContext plugin) : PluginModule(plugin)
{
    protected override void Load(ContainerBuilder builder)
    {
        builder.RegisterInstance(Options<RosterOptions>());
        builder.Add<Rosters>();
        builder.Add<RosterView>();
        builder.Add<RosterData>();
        builder.Add<GetRosterHandler>();
        builder.Add<SetRosterHandler>();
        builder.Add<VersioningFeature>();

        builder.Add<SubscriptionEffects>();
        builder.Add<OutboundSubscriptionFilter>();
        builder.Add<InboundSubscriptionFilter>();
        builder.Add<PreApprovalFeature>();

        builder.Add<PresenceMemories>();
        builder.Add<LastPresence>();
        builder.Add<PresenceBroadcast>();
        builder.Add<PresenceObserver>();
        builder.Add<DirectedPresenceFilter>();
        builder.Add<PresenceErrorFilter>();
        builder.Add<ProbeFilter>();
    }
}
