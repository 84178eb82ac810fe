using XmppHost.Commands;
using XmppHost.Handlers;
using XmppHost.Plugins;
using XmppHost.Stanzas;
using XmppHost.Xml;

namespace XmppHost.Plugins.Commands;

/// <summary>Runs ad-hoc commands: XEP-0050 section 2.4.</summary>
[Xep(50, "1.3.0", Partial = "texts are English whatever the language asked for")]
internal sealed class CommandHandler(string? service, CommandCatalogue catalogue, CommandSessions sessions) : IIqHandler
{
    public IqKey Key => new(Ns.Commands, "command", IqType.Set, service);

    public IqTarget Target => IqTarget.Host;

    // A command may delete files in a store, ask a database, ...: nothing that the requester's stream should wait for.
    public bool Concurrent => true;

    public async ValueTask<IqReply> HandleAsync(IqRequest request, CancellationToken ct)
    {
        var payload = request.Payload;
        if (payload.Attribute("node") is not { } node) return StanzaError.BadRequest("the command's node is missing");
        if (catalogue.Find(request, node) is not { } command) return StanzaError.ItemNotFound("there is no such command here");
        if (!command.IsFor(request)) return CommandErrors.Forbidden();
        if (CommandXml.ActionOf(payload) is not { } action) return CommandErrors.MalformedAction();
        var language = payload.Attribute("lang", XmlNs.Xml) ?? request.Stanza.Lang;
        if (!string.IsNullOrEmpty(language) && !CommandXml.IsLanguage(language)) return CommandErrors.BadLocale();

        if (payload.Attribute("sessionid") is not { } id) return action == CommandAction.Execute ? await BeginAsync(command, request, language, ct).ConfigureAwait(false) : CommandErrors.BadAction();
        if (!sessions.Ids.IsOurs(id, request.From, request.Target, node)) return CommandErrors.BadSession();
        return sessions.Find(id) is { } session ? await ContinueAsync(session, action, request, ct).ConfigureAwait(false) : CommandErrors.Expired();
    }

    private async ValueTask<IqReply> BeginAsync(IAdHocCommand command, IqRequest request, string? language, CancellationToken ct)
    {
        var id = sessions.Ids.Create(request.From, request.Target, command.Node);
        var step = await command.RunAsync(new CommandCall(request, null, null, language), ct).ConfigureAwait(false);
        if (step.Error is { } error) return error;
        if (step.IsCompleted) return CommandXml.Completed(command.Node, id, step);

        var session = new CommandSession(id, request.From, command, language);
        session.Ask(step, null);
        return Keep(session);
    }

    private async ValueTask<IqReply> ContinueAsync(CommandSession session, CommandAction action, IqRequest request, CancellationToken ct)
    {
        if (!session.TryEnter()) return session.HasEnded ? CommandErrors.Expired() : StanzaError.UnexpectedRequest("The step before is still being worked on.");
        try
        {
            return action switch
            {
                CommandAction.Cancel => Cancel(session),
                CommandAction.Prev => GoBack(session),
                CommandAction.Execute => await SubmitAsync(session, request, ct).ConfigureAwait(false),
                _ => action == session.Forward ? await SubmitAsync(session, request, ct).ConfigureAwait(false) : CommandErrors.BadAction(),
            };
        }
        finally
        {
            session.Leave();
        }
    }

    private async ValueTask<IqReply> SubmitAsync(CommandSession session, IqRequest request, CancellationToken ct)
    {
        var asked = session.Step.Form!;
        var (form, problem) = FormCheck.Check(asked, CommandXml.FormOf(request.Payload));
        if (form is null) return CommandErrors.BadPayload(problem!);
        var step = await session.Command.RunAsync(new CommandCall(request, form, session.Step.State, session.Language), ct).ConfigureAwait(false);
        if (step.Error is { } error) return error;
        if (!step.IsCompleted)
        {
            session.Ask(step, FormCheck.Filled(asked, form));
            return Keep(session);
        }

        sessions.End(session);
        return CommandXml.Completed(session.Command.Node, session.Id, step);
    }

    private IqReply Cancel(CommandSession session)
    {
        sessions.End(session);
        return CommandXml.Canceled(session.Command.Node, session.Id);
    }

    private IqReply GoBack(CommandSession session)
    {
        if (!session.CanGoBack) return CommandErrors.BadAction();
        session.GoBack();
        return Keep(session);
    }

    private IqReply Keep(CommandSession session) => sessions.TryKeep(session)
        ? CommandXml.Executing(session.Command.Node, session.Id, session.Step, session.CanGoBack)
        : StanzaError.ResourceConstraint("Too many commands are being run here. Try again later.");
}
