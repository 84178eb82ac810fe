namespace XmppHost.Handlers;

/// <summary>Sees every stanza that passes one stage of a virtual host. Runs on the sender's reader loop: it must not wait for anything remote.</summary>
public interface IStanzaFilter
{
    StanzaStage Stage { get; }

    /// <summary>See <see cref="FilterOrder"/>.</summary>
    int Order { get; }

    ValueTask<StanzaVerdict> FilterAsync(StanzaContext context, CancellationToken ct);
}
