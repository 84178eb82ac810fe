namespace XmppHost.Plugins.ClamAv;

internal enum ScanOutcome { Clean, Infected, TooLarge, Unavailable }

/// <param name="Outcome">What came of it.</param>
/// <param name="Text">The signature's name, or why there is no answer.</param>
internal readonly record struct ScanResult(ScanOutcome Outcome, string Text = "")
{
    private const string Found = " FOUND";

    /// <summary>Reads clamd's answer to INSTREAM: <c>stream: OK</c>, <c>stream: NAME FOUND</c>, or a text that ends in <c>ERROR</c>.</summary>
    internal static ScanResult Parse(string reply)
    {
        if (reply == "stream: OK") return new ScanResult(ScanOutcome.Clean);
        if (reply.StartsWith("INSTREAM size limit exceeded", StringComparison.Ordinal)) return new ScanResult(ScanOutcome.TooLarge, reply);
        if (reply.StartsWith("stream: ", StringComparison.Ordinal) && reply.EndsWith(Found, StringComparison.Ordinal)) return new ScanResult(ScanOutcome.Infected, reply[8..^Found.Length]);
        return new ScanResult(ScanOutcome.Unavailable, reply.Length == 0 ? "clamd closed the connection" : $"clamd answered '{reply}'");
    }
}
