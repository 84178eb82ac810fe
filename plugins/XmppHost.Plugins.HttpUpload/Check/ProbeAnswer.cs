using System.Text;
using System.Text.RegularExpressions;

namespace XmppHost.Plugins.HttpUpload.Check;

/// <summary>What a server has answered, or why there is no answer.</summary>
/// <param name="Status">0 without an answer.</param>
/// <param name="Headers">Of the response and its content, by name.</param>
/// <param name="NetworkProblem">In an operator's words; null when there is an answer.</param>
internal sealed partial record ProbeAnswer(int Status, IReadOnlyDictionary<string, string> Headers, byte[] Body, string? NetworkProblem = null)
{
    private string? _text;

    internal bool IsSuccess => Status is >= 200 and < 300;

    /// <summary>The code of an S3 error: <c>NoSuchBucket</c>.</summary>
    internal string? ErrorCode => ErrorElement("Code");

    /// <summary>The sender's clock.</summary>
    internal DateTimeOffset? Date => Headers.TryGetValue("Date", out var date) && DateTimeOffset.TryParse(date, System.Globalization.CultureInfo.InvariantCulture, out var at) ? at : null;

    internal static ProbeAnswer None(string problem) => new(0, new Dictionary<string, string>(), [], problem);

    internal string? Header(string name) => Headers.GetValueOrDefault(name);

    /// <summary>An element of an S3 error document. By pattern: what comes may be anything, and be cut off.</summary>
    internal string? ErrorElement(string name)
    {
        _text ??= Encoding.UTF8.GetString(Body);
        foreach (Match match in Element().Matches(_text))
            if (match.Groups["name"].Value == name)
                return System.Net.WebUtility.HtmlDecode(match.Groups["text"].Value);
        return null;
    }

    /// <summary>As it is put into an explanation: <c>403 AccessDenied (the message)</c>.</summary>
    public override string ToString()
    {
        if (NetworkProblem is not null) return NetworkProblem;
        var message = ErrorElement("Message") is { Length: > 0 } text ? $" ({text})" : "";
        return $"{Status}{(ErrorCode is { } code ? " " + code : "")}{message}";
    }

    [GeneratedRegex("<(?<name>[A-Za-z]+)>(?<text>[^<]*)</")]
    private static partial Regex Element();
}
