namespace XmppHost.Import.Output;

/// <summary>A part of our config as it will be written.</summary>
internal abstract record JsonPart
{
    internal sealed record Text(string Value) : JsonPart;

    internal sealed record Number(decimal Value) : JsonPart;

    internal sealed record Flag(bool Value) : JsonPart;

    internal sealed record List(IReadOnlyList<string> Values) : JsonPart;

    /// <summary>Who may upload and who may not, in order.</summary>
    internal sealed record Rules(IReadOnlyList<(IReadOnlyList<string> Who, bool Allow)> Entries) : JsonPart;

    /// <summary>A secret's value, which may go to a file of its own.</summary>
    internal sealed record Secret(string Value) : JsonPart;
}
