using XmppHost.Scripting.Running;

namespace XmppHost.Scripting.Steps;

/// <summary><c>romeo fails to connect with not-authorized</c>: the login must be refused, for that reason where one is given.</summary>
internal sealed record FailToConnectStep(int Line, string Text, string Client, string? Condition) : ScriptStep(Line, Text)
{
    internal override async Task RunAsync(RunContext run, CancellationToken ct)
    {
        try
        {
            await run.Client(Client).ConnectAsync(null, ct).ConfigureAwait(false);
        }
        catch (ScriptedClientException e) when (Condition is null || e.Condition == Condition)
        {
            return;
        }
        catch (ScriptedClientException e)
        {
            throw new ScriptFailureException($"expected the login to fail with {Condition}, it failed otherwise: {e.Message}");
        }

        throw new ScriptFailureException("expected the login to fail, it succeeded");
    }
}
