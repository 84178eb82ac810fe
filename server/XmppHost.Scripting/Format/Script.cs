namespace XmppHost.Scripting;

/// <summary>A script file, read and checked, ready to run any number of times.</summary>
/// <param name="File">As it was named when it was read; stands before every message.</param>
/// <param name="Title">The first line of the comment at the top.</param>
/// <param name="Proves">The sections of XEPs and RFCs that the comment's <c>Proves:</c> lines list.</param>
/// <param name="Limit">The most that the whole script may take.</param>
/// <param name="Variables">Names and values in the order of the file; a later one may use an earlier one.</param>
/// <param name="Clients">The clients by name.</param>
/// <param name="Steps">What is done, in order.</param>
public sealed record Script(
    string File,
    string Title,
    IReadOnlyList<string> Proves,
    TimeSpan Limit,
    IReadOnlyList<KeyValuePair<string, string>> Variables,
    IReadOnlyDictionary<string, ClientDeclaration> Clients,
    IReadOnlyList<ScriptStep> Steps);
