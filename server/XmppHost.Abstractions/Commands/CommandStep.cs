using XmppHost.Stanzas;

namespace XmppHost.Commands;

/// <summary>What a step leads to: a form to fill in, the end, or an error.</summary>
public sealed record CommandStep
{
    /// <summary>A form to ask for, or the results at the end.</summary>
    public DataForm? Form { get; private init; }

    /// <summary>True when the run has ended.</summary>
    public bool IsCompleted { get; private init; }

    /// <summary>For the next step.</summary>
    public object? State { get; private init; }

    /// <summary>Sentences for the person (<c>&lt;note/&gt;</c>).</summary>
    public IReadOnlyList<CommandNote> Notes { get; init; } = [];

    /// <summary>Whether submitting the form is the last step: the person reads "finish" in place of "next".</summary>
    public bool IsLast { get; init; } = true;

    /// <summary>Whether the person may go back from this form to the one before, which is then asked again with its own state. Not where the step between has changed anything.</summary>
    public bool CanGoBack { get; init; } = true;

    /// <summary>The refusal; the run stays where it was, so that the person can submit something else.</summary>
    public StanzaError? Error { get; private init; }

    /// <summary>Asks for a form; submitting it is the next step.</summary>
    public static CommandStep Ask(DataForm form, object? state = null) => new() { Form = form, State = state };

    /// <summary>Ends the run, with a sentence, with results, or with both.</summary>
    public static CommandStep Done(string? note = null, DataForm? results = null) => new() { IsCompleted = true, Form = results, Notes = note is null ? [] : [new CommandNote(note)] };

    /// <summary>Ends the run without success (XEP-0050 section 3.6: a note of type error tells so).</summary>
    public static CommandStep Failed(string note) => new() { IsCompleted = true, Notes = [new CommandNote(note, CommandNoteType.Error)] };

    public static CommandStep Fail(StanzaError error) => new() { Error = error };
}

/// <summary>A sentence for the person.</summary>
public sealed record CommandNote(string Text, CommandNoteType Type = CommandNoteType.Info);

public enum CommandNoteType { Info, Warn, Error }
