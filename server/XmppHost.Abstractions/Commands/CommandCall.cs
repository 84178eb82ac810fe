using XmppHost.Handlers;
using XmppHost.Stanzas;

namespace XmppHost.Commands;

/// <summary>One step of a run of a command.</summary>
/// <param name="Request">Who asks, and where.</param>
/// <param name="Form">
/// What was submitted to the form that the step before asked with: only fields of that form, with what it requires, choices among its options, addresses and booleans well-formed. Null in the
/// first step.
/// </param>
/// <param name="State">What the step before gave to <see cref="CommandStep.Ask"/>; it never leaves the server. Null in the first step.</param>
/// <param name="Language">The language that the requester asked for first, for texts; null where it named none.</param>
public sealed record CommandCall(IqRequest Request, DataForm? Form, object? State, string? Language);
