using XmppHost.Commands;
using XmppHost.Handlers;

namespace XmppHost.Plugins.Tests.Commands;

/// <summary>One step, for everybody.</summary>
internal sealed class TimeCommand : IAdHocCommand
{
    public string Node => "time";

    public string Title => "What time is it?";

    public string? Service => null;

    public bool IsFor(IqRequest request) => true;

    public ValueTask<CommandStep> RunAsync(CommandCall call, CancellationToken ct) => ValueTask.FromResult(CommandStep.Done("Late."));
}
