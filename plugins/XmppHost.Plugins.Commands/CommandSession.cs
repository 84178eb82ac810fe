using XmppHost.Addressing;
using XmppHost.Commands;
using XmppHost.Stanzas;

namespace XmppHost.Plugins.Commands;

/// <summary>A run of a command that waits for its requester.</summary>
internal sealed class CommandSession(string id, Jid requester, IAdHocCommand command, string? language)
{
    private readonly Stack<CommandStep> _earlier = [];
    private volatile State _state;

    internal string Id => id;

    internal Jid Requester => requester;

    internal IAdHocCommand Command => command;

    /// <summary>XEP-0050 section 3.7: the first language holds for the whole session.</summary>
    internal string? Language => language;

    /// <summary>The form that was asked with last.</summary>
    internal CommandStep Step { get; private set; } = null!;

    internal DateTimeOffset Ends { get; set; }

    internal bool CanGoBack => _earlier.Count > 0 && Step.CanGoBack;

    internal CommandAction Forward => Step.IsLast ? CommandAction.Complete : CommandAction.Next;

    internal bool HasEnded => _state == State.Ended;

    /// <summary>False while another step is under way, and after the end.</summary>
    internal bool TryEnter() => Interlocked.CompareExchange(ref _state, State.Busy, State.Waiting) == State.Waiting;

    internal void Leave() => Interlocked.CompareExchange(ref _state, State.Waiting, State.Busy);

    internal void End() => _state = State.Ended;

    /// <param name="filled">The form before, as it was filled in; null in the first step.</param>
    internal void Ask(CommandStep step, DataForm? filled)
    {
        if (filled is not null) _earlier.Push(CommandStep.Ask(filled, Step.State) with { IsLast = Step.IsLast, CanGoBack = Step.CanGoBack });
        Step = step;
    }

    internal void GoBack() => Step = _earlier.Pop();

    private enum State { Waiting, Busy, Ended }
}
