using XmppHost.Xml;

namespace XmppHost.Scripting.Matching;

/// <summary>A line of printed XML and the element that it shows.</summary>
internal readonly record struct PrintedLine(string Text, XmppElement Element);
