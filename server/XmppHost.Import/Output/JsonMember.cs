namespace XmppHost.Import.Output;

/// <param name="Comment">Where the value came from; written behind it.</param>
internal sealed record JsonMember(string Name, JsonPart Value, string? Comment);
