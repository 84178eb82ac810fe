using XmppHost.Handlers;
using XmppHost.Stanzas;

namespace XmppHost.Commands;

/// <summary>
/// An ad-hoc command (XEP-0050) on the host or one of its services; the plugin Commands lists and runs it. It has no state between its steps: what it needs again stands in hidden fields of its forms.
/// </summary>
public interface IAdHocCommand
{
    /// <summary>The command's node, unique in its service.</summary>
    string Node { get; }

    /// <summary>What a person chooses in a menu.</summary>
    string Title { get; }

    /// <summary>The <see cref="Disco.ServiceAddress.Name"/> that has it, or null for the virtual host.</summary>
    string? Service { get; }

    /// <summary>Whether the requester sees the command and may run it; others get <c>forbidden</c>.</summary>
    bool IsFor(IqRequest request);

    /// <summary>Runs one step.</summary>
    /// <param name="request">Who asks.</param>
    /// <param name="form">What was submitted; null in the first step.</param>
    ValueTask<CommandStep> RunAsync(IqRequest request, DataForm? form, CancellationToken ct);
}

/// <summary>What a step leads to: a form to fill in, the end, or an error.</summary>
public sealed record CommandStep
{
    /// <summary>A form to ask for, or the results at the end.</summary>
    public DataForm? Form { get; private init; }

    /// <summary>True when the command has ended.</summary>
    public bool IsCompleted { get; private init; }

    /// <summary>A sentence for the person (<c>&lt;note/&gt;</c>).</summary>
    public string? Note { get; private init; }

    public StanzaError? Error { get; private init; }

    /// <summary>Asks for a form; submitting it is the next step.</summary>
    public static CommandStep Ask(DataForm form, string? note = null) => new() { Form = form, Note = note };

    public static CommandStep Done(string? note = null, DataForm? results = null) => new() { IsCompleted = true, Note = note, Form = results };

    public static CommandStep Fail(StanzaError error) => new() { Error = error };
}
