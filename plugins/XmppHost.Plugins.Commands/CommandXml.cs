using System.Text.RegularExpressions;
using XmppHost.Commands;
using XmppHost.Stanzas;
using XmppHost.Xml;

namespace XmppHost.Plugins.Commands;

/// <summary>The element <c>command</c>, as it is asked with and answered.</summary>
internal static partial class CommandXml
{
    // All texts are English; section 3.7 wants it said with every answer.
    private const string Language = "en";

    /// <summary>Null when it is none of section 4.1.</summary>
    internal static CommandAction? ActionOf(XmppElement command) => command.Attribute("action") switch
    {
        null or "execute" => CommandAction.Execute,
        "cancel" => CommandAction.Cancel,
        "prev" => CommandAction.Prev,
        "next" => CommandAction.Next,
        "complete" => CommandAction.Complete,
        _ => null,
    };

    /// <summary>What was submitted; null where there is no form. Section 3.5.1: a form of type cancel counts as submitted.</summary>
    internal static DataForm? FormOf(XmppElement command) => DataForm.TryParse(command.Element("x", Ns.DataForms));

    /// <summary>RFC 5646 section 2.1, as far as a look at it tells.</summary>
    internal static bool IsLanguage(string tag) => LanguageTag().IsMatch(tag);

    internal static XmppElement Executing(string node, string session, CommandStep step, bool canGoBack)
    {
        var forward = step.IsLast ? "complete" : "next";
        var actions = new XmppElement("actions", Ns.Commands).With("execute", forward)
            .Add(canGoBack ? new XmppElement("prev", Ns.Commands) : null)
            .Add(new XmppElement(forward, Ns.Commands));
        return Command(node, session, "executing").Add(actions).Add(step.Form?.ToElement()).Add(step.Notes.Select(Note));
    }

    internal static XmppElement Completed(string node, string session, CommandStep step) =>
        Command(node, session, "completed").Add(step.Form?.ToElement()).Add(step.Notes.Select(Note));

    internal static XmppElement Canceled(string node, string session) => Command(node, session, "canceled");

    private static XmppElement Command(string node, string session, string status) =>
        new XmppElement("command", Ns.Commands).With("node", node).With("sessionid", session).With("status", status).With("lang", Language, XmlNs.Xml);

    private static XmppElement Note(CommandNote note) => new XmppElement("note", Ns.Commands).With("type", note.Type switch
    {
        CommandNoteType.Warn => "warn",
        CommandNoteType.Error => "error",
        _ => "info",
    }).Add(note.Text);

    [GeneratedRegex(@"\A[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8}){0,10}\z")]
    private static partial Regex LanguageTag();
}
