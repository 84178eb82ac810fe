using XmppHost.Scripting.Matching;
using XmppHost.Scripting.Running;

namespace XmppHost.Scripting.Steps;

/// <summary><c>romeo sees features:</c> compares the latest <c>&lt;stream:features/&gt;</c>, which logging in has already read.</summary>
internal sealed record FeaturesStep(int Line, string Text, string Client, ExpectedElement Expected) : ScriptStep(Line, Text)
{
    internal override Task RunAsync(RunContext run, CancellationToken ct)
    {
        var features = run.Client(Client).Connected.Features ?? throw new ScriptFailureException("no features were received yet");
        var difference = new ElementMatcher(run.Variables).Match(Expected, features, MatchScope.Subset);
        return difference is null ? Task.CompletedTask : throw new ScriptFailureException(DifferenceText.Render(Expected.Source, features, difference, "at least this"));
    }
}
