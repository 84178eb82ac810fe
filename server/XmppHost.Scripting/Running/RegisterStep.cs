namespace XmppHost.Scripting.Running;

/// <summary>Creates the account of a client with <c>register: yes</c>; one that exists is left as it is.</summary>
internal sealed record RegisterStep(ClientDeclaration Client) : ScriptStep(Client.Line, $"[Client] {Client.Name}")
{
    internal override async Task RunAsync(RunContext run, CancellationToken ct)
    {
        if (run.HasGivenAccount(Client)) return;
        var bare = JidParts.Of(run.JidOf(Client)).Bare;
        var password = run.PasswordOf(Client) ?? throw new ScriptFailureException($"{bare} cannot be registered without a password");
        if (run.CreateAccount is { } create)
        {
            await create(bare, password, ct).ConfigureAwait(false);
            return;
        }

        await using var client = run.CreateClient(Client);
        await client.ConnectAsync(LoginStage.Secured, ct).ConfigureAwait(false);
        var answer = await client.RegisterAsync(ct).ConfigureAwait(false);
        if (answer.Attribute("type") == "error" && StanzaErrors.ConditionOf(answer) != "conflict")
            throw new ScriptFailureException($"{bare} could not be registered: {answer}");
        await client.CloseAsync(ct).ConfigureAwait(false);
    }
}
