using XmppHost.Handlers;

namespace XmppHost.Commands;

/// <summary>
/// An ad-hoc command (XEP-0050) on the virtual host or one of its services: a menu entry in a person's client, with forms to fill in. Register it like a handler; the plugin Commands lists it,
/// runs it, keeps its sessions and checks what is submitted. One object serves all who run it: what belongs to one run stands in <see cref="CommandCall.State"/>.
/// </summary>
public interface IAdHocCommand
{
    /// <summary>The command's node, unique among those of its address.</summary>
    string Node { get; }

    /// <summary>What a person chooses in a menu.</summary>
    string Title { get; }

    /// <summary>The <see cref="Disco.ServiceAddress.Name"/> that has it, or null for the virtual host.</summary>
    string? Service { get; }

    /// <summary>Whether the requester sees the command and may run it; others get <c>forbidden</c>. Asked before every step.</summary>
    bool IsFor(IqRequest request);

    /// <summary>Runs one step, beside the requester's stream: it may wait for something remote. No two steps of one run overlap.</summary>
    ValueTask<CommandStep> RunAsync(CommandCall call, CancellationToken ct);
}
