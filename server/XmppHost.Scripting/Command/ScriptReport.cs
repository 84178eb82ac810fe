using System.Diagnostics;
using System.Text.RegularExpressions;
using XmppHost.Scripting.Format;

namespace XmppHost.Scripting.Command;

/// <summary>Writes how scripts go: a line for each, the failure under those that fail, everything when verbose.</summary>
internal sealed partial class ScriptReport(TextWriter output, bool verbose)
{
    private readonly Stopwatch _total = Stopwatch.StartNew();
    private int _passed, _failed;

    public bool AllPassed => _failed == 0;

    public void Begin(Script script)
    {
        if (verbose) output.WriteLine($"      {script.File}: {script.Title}");
    }

    public void StepEnded(StepResult step)
    {
        if (verbose) output.WriteLine($"{(step.Passed ? "      " : "      FAILED ")}{step.Line,4}  {step.Text}  ({Duration.Show(step.Duration)})");
    }

    public void Traffic(string client, ScriptTraffic traffic)
    {
        if (verbose) output.WriteLine($"            {client} {(traffic.Sent ? ">" : "<")} {WithoutSecrets(traffic.Xml)}");
    }

    public void End(ScriptResult result)
    {
        if (result.Passed) _passed++;
        else _failed++;
        var title = result.Script.Title.Length == 0 ? "" : $"  {result.Script.Title}";
        output.WriteLine($"{(result.Passed ? "ok  " : "FAIL")}  {result.Script.File}{title} ({result.Steps.Count} steps, {Duration.Show(result.Duration)})");
        if (result.Passed) return;
        foreach (var line in result.Report.ReplaceLineEndings("\n").Split('\n')) output.WriteLine($"      {line}".TrimEnd());
    }

    public void Sum()
    {
        var count = _passed + _failed;
        output.WriteLine($"{count} script{(count == 1 ? "" : "s")}: {_passed} passed, {_failed} failed ({Duration.Show(_total.Elapsed)})");
    }

    private static string WithoutSecrets(string xml) => Secret().Replace(xml, "$1...$3");

    // SASL exchanges and the passwords of XEP-0077.
    [GeneratedRegex(@"(<(?:\w+:)?(?:auth|response|password)\b[^>]*>)([^<]+)(</)")]
    private static partial Regex Secret();
}
