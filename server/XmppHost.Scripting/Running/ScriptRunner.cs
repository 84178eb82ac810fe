using System.Text.RegularExpressions;
using XmppHost.Scripting.Format;
using XmppHost.Scripting.Running;

namespace XmppHost.Scripting;

/// <summary>Runs scripts, one step after the other. Each run has its own clients and variables.</summary>
public sealed class ScriptRunner(IScriptTransport transport, ScriptRunnerOptions? options = null)
{
    private readonly ScriptRunnerOptions _options = options ?? new ScriptRunnerOptions();

    public async Task<ScriptResult> RunAsync(Script script, CancellationToken ct = default)
    {
        var start = _options.Time.GetTimestamp();
        using var limit = new Deadline(script.Limit, _options.Time, ct);
        var results = new List<StepResult>();
        await using var run = new RunContext(script, transport, _options);
        foreach (var step in PreparationOf(script).Concat(script.Steps))
        {
            var result = await RunStepAsync(run, step, script, limit).ConfigureAwait(false);
            results.Add(result);
            _options.Progress?.Invoke(result);
            if (!result.Passed) break;
        }

        return new ScriptResult(script, _options.Time.GetElapsedTime(start), results);
    }

    private static ScriptStep[] PreparationOf(Script script) =>
    [
        .. script.Variables.Select(v => new DeclareStep(v.Key, v.Value)),
        .. script.Clients.Values.Where(c => c.Register).Select(c => new RegisterStep(c)),
    ];

    private async Task<StepResult> RunStepAsync(RunContext run, ScriptStep step, Script script, Deadline limit)
    {
        var start = _options.Time.GetTimestamp();
        string? failure = null;
        try
        {
            await step.RunAsync(run, limit.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is ScriptFailureException or ScriptedClientException or ScriptFormatException)
        {
            failure = e.Message;
        }
        catch (RegexMatchTimeoutException e)
        {
            failure = $"the regular expression {e.Pattern} takes too long";
        }
        catch (OperationCanceledException) when (limit.Passed)
        {
            failure = $"the script did not end within its limit of {Duration.Show(script.Limit)}";
        }

        return new StepResult(step.Line, step.Text, _options.Time.GetElapsedTime(start), failure);
    }
}
