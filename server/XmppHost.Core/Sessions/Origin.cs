using XmppHost.Stanzas;
using XmppHost.Storage;

namespace XmppHost.Core.Sessions;

/// <summary>The message that outbound bytes are: of one device alone, or shared by several. Empty for whatever nobody misses.</summary>
internal readonly record struct Origin
{
    private readonly object? _message;

    private Origin(object? message) => _message = message;

    internal bool IsMessage => _message is not null;

    internal bool IsShared => _message is Handoff;

    internal static Origin Of(Stanza stanza, Handoff? shared) => stanza.Kind == StanzaKind.Message ? new Origin(shared ?? (object)stanza) : default;

    /// <summary>A device has it.</summary>
    internal void Taken(IMessageLog log) => (_message as Handoff)?.Taken(log);

    /// <summary>A device ended without having got it. Returns the message when neither another device nor the log has it.</summary>
    /// <param name="row">The log row that was the device's, or 0.</param>
    /// <param name="log">Where the row is.</param>
    internal Stanza? GiveUp(long row, IMessageLog log) => _message switch
    {
        Handoff shared => shared.GiveUp(row, log),
        Stanza message when row == 0 => message,
        _ => null,
    };
}
