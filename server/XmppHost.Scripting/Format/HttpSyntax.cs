using System.Globalization;
using System.Text.RegularExpressions;
using XmppHost.Scripting.Matching;
using XmppHost.Scripting.Steps;

namespace XmppHost.Scripting.Format;

/// <summary>The forms of HTTP steps.</summary>
internal static partial class HttpSyntax
{
    public static ScriptStep Read(StepText step)
    {
        var requestHeaders = new List<HttpHeaderSpec>();
        var responseHeaders = new List<HttpHeaderSpec>();
        foreach (var line in step.Block.Body.Where(l => !l.IsBlank))
        {
            var match = HeaderLine().Match(line.Text);
            if (!match.Success) throw new ScriptFormatException("a header is written '> Name: value' for the request, '< Name: value' for the response", line.Number);
            var (name, value) = (match.Groups[2].Value, match.Groups[3].Value);
            if (match.Groups[1].Value == ">") requestHeaders.Add(new HttpHeaderSpec(name, Template.ParseValue(value)));
            else responseHeaders.Add(new HttpHeaderSpec(name, Template.Parse(value)));
        }

        return new HttpStep(step.Line, step.Text, step.Client, new HttpMethod(step["method"]!), Template.ParseValue(step["url"]!))
        {
            Sent = Body(step["sent"], isPattern: false),
            Received = Body(step["received"], isPattern: true),
            Statuses = step["status"]?.Split('|') ?? [],
            RequestHeaders = requestHeaders,
            ResponseHeaders = responseHeaders,
        };
    }

    private static HttpContentSpec? Body(string? text, bool isPattern)
    {
        if (text is null) return null;
        var match = BodySyntax().Match(text);
        int? length = match.Groups[1].Success ? int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) : null;
        if (!match.Groups[2].Success) return new HttpContentSpec(length, null);

        // What is sent keeps its escapes until they become bytes; what is expected is compared as text.
        var quoted = match.Groups[2].Value;
        var text2 = Escapes.ToText(quoted);
        return new HttpContentSpec(length, isPattern ? Template.Parse(text2) : Template.ParseValue(quoted));
    }

    [GeneratedRegex(@"^\s+([<>])\s*([^\s:]+):\s*(.*)$")]
    private static partial Regex HeaderLine();

    [GeneratedRegex(@"^(?:(\d+) bytes ?)?(?:""(.*)"")?$", RegexOptions.Singleline)]
    private static partial Regex BodySyntax();
}
