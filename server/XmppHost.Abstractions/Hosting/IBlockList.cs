using XmppHost.Addressing;

namespace XmppHost.Hosting;

/// <summary>
/// Whom the accounts of a host have blocked (XEP-0191). Stanzas that pass the <see cref="Handlers.StanzaStage.Sending"/> and <see cref="Handlers.StanzaStage.Delivering"/> stages are
/// filtered anyway; this is for a plugin that sends on an account's behalf with <see cref="IStanzaRouter"/>. Absent (resolve it as optional) where the Blocking plugin is off.
/// </summary>
public interface IBlockList
{
    /// <summary>Says of a JID whether the account has blocked it; null when the account has blocked no one.</summary>
    ValueTask<Predicate<Jid>?> BlockedByAsync(Jid account, CancellationToken ct = default);
}
