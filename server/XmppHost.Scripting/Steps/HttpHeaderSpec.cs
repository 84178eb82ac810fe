using XmppHost.Scripting.Matching;

namespace XmppHost.Scripting.Steps;

/// <summary>A header to send, or one to expect.</summary>
internal sealed record HttpHeaderSpec(string Name, Template Value);
