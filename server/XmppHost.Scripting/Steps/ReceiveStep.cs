using XmppHost.Scripting.Format;
using XmppHost.Scripting.Matching;
using XmppHost.Scripting.Running;
using XmppHost.Xml;

namespace XmppHost.Scripting.Steps;

/// <summary><c>romeo receives:</c> and the stanzas that must come next.</summary>
internal sealed record ReceiveStep(int Line, string Text, string Client, ReceiveMode Mode, IReadOnlyList<ExpectedElement> Expected) : ScriptStep(Line, Text)
{
    private MatchScope Scope => Mode.Exactly ? MatchScope.Exactly : MatchScope.Subset;

    internal override async Task RunAsync(RunContext run, CancellationToken ct)
    {
        var client = run.Client(Client);
        var matcher = new ElementMatcher(run.Variables);
        var missing = Expected.ToList();
        var time = run.StartTimer(Mode.Within ?? client.Timeout);
        var skipped = 0;
        while (missing.Count > 0)
        {
            var item = await client.Connected.TryReceiveItemAsync(time.Remaining, ct).ConfigureAwait(false) ?? throw NothingCame(missing, time, skipped);
            if (item.Element is not { } element || item.Kind is not (StreamItemKind.Element or StreamItemKind.StreamOpen)) throw Ended(missing, item);
            if (Take(missing, element, matcher) is not { } difference) continue;
            skipped++;
            if (Mode.Eventually || client.Ignores(element)) continue;
            throw Unexpected(missing, element, matcher, difference);
        }
    }

    /// <summary>Removes what the element fulfils; null when it fulfils something.</summary>
    private Difference? Take(List<ExpectedElement> missing, XmppElement element, ElementMatcher matcher)
    {
        Difference? first = null;
        foreach (var expected in Mode.InAnyOrder ? missing : missing[..1])
        {
            var difference = matcher.Match(expected, element, Scope);
            first ??= difference;
            if (difference is not null) continue;
            missing.Remove(expected);
            return null;
        }

        return first;
    }

    private ScriptFailureException Unexpected(List<ExpectedElement> missing, XmppElement element, ElementMatcher matcher, Difference difference)
    {
        var meant = Mode.InAnyOrder ? missing.MaxBy(e => matcher.Likeness(e, element))! : missing[0];
        if (meant != missing[0]) difference = matcher.Match(meant, element, Scope)!;
        var mode = Mode.Exactly ? "exactly" : "at least this";
        var others = missing.Count == 1 || !Mode.InAnyOrder ? "" : $"{Environment.NewLine}({missing.Count} stanzas were expected in any order; the most similar one is shown)";
        return new ScriptFailureException(DifferenceText.Render(meant.Source, element, difference, mode) + others);
    }

    private static ScriptFailureException NothingCame(List<ExpectedElement> missing, StepTimer time, int skipped)
    {
        var instead = skipped == 0 ? "nothing came" : $"only {skipped} other stanza{(skipped == 1 ? "" : "s")} came";
        return new ScriptFailureException($"{instead} within {Duration.Show(time.Limit)}{Environment.NewLine}{Awaited(missing)}");
    }

    private static ScriptFailureException Ended(List<ExpectedElement> missing, StreamItem item) =>
        new($"received {item}{Environment.NewLine}{Awaited(missing)}");

    private static string Awaited(List<ExpectedElement> missing) =>
        $"expected:{Environment.NewLine}{string.Join(Environment.NewLine, missing.Select(e => DifferenceText.Indent(e.Source)))}";
}
