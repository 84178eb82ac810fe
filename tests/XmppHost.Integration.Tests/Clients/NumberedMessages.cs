using System.Text.Json;
using XmppHost.Testing;

namespace XmppHost.Integration.Tests.Clients;

/// <summary>A sender and a receiver of numbered messages with stream management, while somebody breaks what is between them.</summary>
internal sealed class NumberedMessages : IAsyncDisposable
{
    private static readonly TimeSpan LoginLimit = TimeSpan.FromSeconds(30);
    private readonly TempFolder _folder = new("numbers");
    private readonly IServerUnderTest _server;
    private readonly string _from;
    private readonly string _to;
    private readonly string[] _arguments;
    private GuardedProcess? _sender;
    private GuardedProcess? _receiver;

    private NumberedMessages(IServerUnderTest server, string from, string to, string[] arguments) =>
        (_server, _from, _to, _arguments) = (server, from, to, arguments);

    private string SenderResult => _folder["sender.json"];

    private string ReceiverResult => _folder["receiver.json"];

    /// <summary>Whether both go on.</summary>
    public bool Running => _sender is { HasExited: false } && _receiver is { HasExited: false };

    /// <param name="server">Both log in to it.</param>
    /// <param name="sender">"strict" or "slixmpp".</param>
    /// <param name="receiver">"strict" or "slixmpp".</param>
    /// <param name="from">The sender's account.</param>
    /// <param name="to">The receiver's account.</param>
    /// <param name="arguments">Of both, as in --count 500.</param>
    public static async Task<NumberedMessages> StartAsync(
        IServerUnderTest server, string sender, string receiver, string from, string to, params string[] arguments)
    {
        var run = new NumberedMessages(server, from, to, arguments);
        await run.StartReceiverAsync(receiver);
        await run.StartSenderAsync(sender);
        return run;
    }

    /// <summary>For a receiver that comes later: see <see cref="StartReceiverAsync"/>.</summary>
    public static async Task<NumberedMessages> StartSenderAsync(IServerUnderTest server, string sender, string from, string to, params string[] arguments)
    {
        var run = new NumberedMessages(server, from, to, arguments);
        await run.StartSenderAsync(sender);
        return run;
    }

    public async Task StartReceiverAsync(string receiver)
    {
        _receiver = await ClientProcess.StartScriptAsync(_server, $"sm_{receiver}.py", _to, ["--role", "receive", "--out", ReceiverResult, .. _arguments]);
        await _receiver.WaitForOutputAsync("ready", LoginLimit);
    }

    /// <summary>Waits until the server has acknowledged everything that was to be sent.</summary>
    public Task<int> SenderEndsAsync() => _sender!.WaitForExitAsync(TimeSpan.FromMinutes(5));

    /// <summary>Waits until everything is sent, gives the receiver a while for what it still misses, and says what each has seen.</summary>
    public async Task<NumberedResult> FinishAsync()
    {
        await SenderEndsAsync();
        try
        {
            await _receiver!.WaitForExitAsync(TimeSpan.FromSeconds(30));
        }
        catch (TimeoutException)
        {
            await _receiver!.SignalAsync("TERM");
            await _receiver.WaitForExitAsync(TimeSpan.FromSeconds(30));
        }
        return new NumberedResult(await ReadAsync(SenderResult, _sender!), await ReadAsync(ReceiverResult, _receiver));
    }

    public async ValueTask DisposeAsync()
    {
        if (_sender is not null) await _sender.DisposeAsync();
        if (_receiver is not null) await _receiver.DisposeAsync();
        _folder.Dispose();
    }

    private async Task StartSenderAsync(string sender)
    {
        _sender = await ClientProcess.StartScriptAsync(_server, $"sm_{sender}.py", _from, ["--role", "send", "--peer", _to, "--out", SenderResult, .. _arguments]);
        await _sender.WaitForOutputAsync("ready", LoginLimit);
    }

    private static async Task<NumberedSide> ReadAsync(string file, GuardedProcess process)
    {
        if (!File.Exists(file)) throw new InvalidOperationException($"a client left no result:\n{process.Output}");
        await using var stream = File.OpenRead(file);
        var side = await JsonSerializer.DeserializeAsync<NumberedSide>(stream, NumberedSide.Json);
        return side! with { Output = process.Output };
    }
}
