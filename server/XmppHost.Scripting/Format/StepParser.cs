using XmppHost.Scripting.Matching;

namespace XmppHost.Scripting.Format;

/// <summary>Reads what stands below the line of dashes.</summary>
internal sealed class StepParser(ProblemList problems, IReadOnlyDictionary<string, ClientDeclaration> clients)
{
    public IReadOnlyList<ScriptStep> Parse(IEnumerable<ScriptLine> lines)
    {
        var steps = new List<ScriptStep>();
        foreach (var block in ScriptBlock.Split(lines))
            if (problems.Try(block.Head.Number, () => ParseStep(block)) is { } step)
                steps.Add(step);
        return steps;
    }

    private ScriptStep ParseStep(ScriptBlock block)
    {
        var line = block.Head.Text;
        foreach (var (syntax, create) in StepSyntax.All)
        {
            if (syntax.Match(line) is not { Success: true } match) continue;
            if (match.Groups["client"] is { Success: true } client && !clients.ContainsKey(client.Value))
                throw new ScriptFormatException($"there is no client '{client.Value}'; there {(clients.Count == 1 ? "is" : "are")} {(clients.Count == 0 ? "none" : string.Join(", ", clients.Keys))}");
            if (block.HasBody && !line.EndsWith(':')) throw new ScriptFormatException("a block can follow only a line that ends with a colon", block.Body.First(l => !l.IsBlank).Number);
            return create(new StepText(block, match));
        }

        var bare = line.EndsWith(':') ? "" : " (a step with a block ends with a colon)";
        throw new ScriptFormatException($"'{line}' is not a step{bare}; steps are: {StepSyntax.Summary}");
    }
}
