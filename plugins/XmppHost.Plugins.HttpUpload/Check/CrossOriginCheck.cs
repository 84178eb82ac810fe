using XmppHost.Plugins.HttpUpload.Slots;

namespace XmppHost.Plugins.HttpUpload.Check;

/// <summary>What a browser asks before a page of another origin may upload, and what it looks for when one downloads.</summary>
internal sealed class CrossOriginCheck(HttpProbe probe, CheckFacts facts, IExplanation explanation)
{
    private const string AnyOrigin = "https://chat.example.org";

    internal async Task RunAsync(UploadSlot slot, List<CheckStep> steps, CancellationToken ct)
    {
        var origin = facts.Origins.FirstOrDefault(o => o != "*") ?? AnyOrigin;
        var preflight = await probe.SendAsync("OPTIONS", slot.PutUrl, null, ct, ("Origin", origin), ("Access-Control-Request-Method", "PUT"), ("Access-Control-Request-Headers", "content-type")).ConfigureAwait(false);
        if (preflight.NetworkProblem is not null) return;
        if (PreflightProblem(preflight, origin) is { } problem) steps.Add(CheckStep.Warning("cors", $"pages of {origin} (web clients) cannot upload: {problem}; {explanation.CrossOriginHelp}"));
        else if (facts.DownloadUrl is null && !Allows(await probe.SendAsync("GET", slot.GetUrl, null, ct, ("Origin", origin)).ConfigureAwait(false), origin))
            steps.Add(CheckStep.Warning("cors", $"pages of {origin} can upload, but not download: {new Uri(slot.GetUrl).Host} sends no Access-Control-Allow-Origin with a GET"));
        else steps.Add(CheckStep.Ok("cors", $"pages of {origin} can upload and download"));
    }

    private static string? PreflightProblem(ProbeAnswer answer, string origin)
    {
        if (!answer.IsSuccess) return $"the preflight is answered with {answer}";
        if (!Allows(answer, origin)) return "the preflight is answered without Access-Control-Allow-Origin";
        if (!Lists(answer, "Access-Control-Allow-Methods", "PUT")) return "PUT is not among the allowed methods";
        return Lists(answer, "Access-Control-Allow-Headers", "Content-Type") ? null : "Content-Type is not among the allowed headers";
    }

    private static bool Allows(ProbeAnswer answer, string origin) => answer.Header("Access-Control-Allow-Origin") is { } allowed && (allowed == "*" || allowed == origin);

    private static bool Lists(ProbeAnswer answer, string header, string wanted) =>
        answer.Header(header)?.Split(',', StringSplitOptions.TrimEntries).Any(v => v == "*" || v.Equals(wanted, StringComparison.OrdinalIgnoreCase)) == true;
}
