using XmppHost.Scripting.Format;
using XmppHost.Scripting.Matching;
using XmppHost.Xml;

namespace XmppHost.Scripting.Running;

/// <summary>One declared client during one run.</summary>
internal sealed class ClientActor(ClientDeclaration declaration, Func<ClientDeclaration, ScriptedClient> create, Func<string> declaredJid) : IAsyncDisposable
{
    private ScriptedClient? _client;

    public TimeSpan Timeout => declaration.Timeout;

    /// <summary>The bound JID, or the declared one before the first login.</summary>
    public string Jid => _client?.Jid ?? declaredJid();

    /// <summary>The client, once it has connected.</summary>
    /// <exception cref="ScriptFailureException">It never did.</exception>
    public ScriptedClient Known => _client ?? throw new ScriptFailureException($"{declaration.Name} has not connected yet");

    /// <exception cref="ScriptFailureException">It is not connected.</exception>
    public ScriptedClient Connected => Known.IsConnected ? Known : throw new ScriptFailureException($"{declaration.Name} is not connected");

    /// <summary>Connects, again if need be, as far as the step or else the declaration says.</summary>
    public Task ConnectAsync(LoginStage? stage, CancellationToken ct)
    {
        _client ??= create(declaration);
        return _client.ConnectAsync(stage ?? declaration.Connect, ct);
    }

    public bool Ignores(XmppElement stanza) => declaration.Ignore.Covers(stanza);

    /// <summary>The next item that is not ignored.</summary>
    public async Task<StreamItem> NextAsync(RunContext run, TimeSpan? within, CancellationToken ct)
    {
        var time = run.StartTimer(within ?? Timeout);
        while (await Connected.TryReceiveItemAsync(time.Remaining, ct).ConfigureAwait(false) is { } item)
            if (item.Kind != StreamItemKind.Element || !Ignores(item.Element!))
                return item;
        throw new ScriptFailureException($"nothing came within {Duration.Show(time.Limit)}");
    }

    /// <summary>What <c>${name.property}</c> says; null where there is no such property.</summary>
    public string? Property(string name)
    {
        var jid = JidParts.Of(Jid);
        return name switch
        {
            "jid" => jid.Bare,
            "full" => Jid,
            "user" => jid.Local,
            "domain" => jid.Domain,
            "resource" => jid.Resource,
            "h" => _client?.Handled.ToString(System.Globalization.CultureInfo.InvariantCulture),
            "resumption" => _client?.ResumptionId,
            "stream" => _client?.Header?.Attribute("id"),
            _ => null,
        };
    }

    public ValueTask DisposeAsync() => _client?.DisposeAsync() ?? ValueTask.CompletedTask;
}
