using System.Globalization;
using System.Text;
using XmppHost.Scripting.Matching;
using XmppHost.Scripting.Running;

namespace XmppHost.Scripting.Steps;

/// <summary><c>romeo PUTs ${put} with "hello" expects 201</c>, with header lines under it. Redirects are not followed.</summary>
internal sealed record HttpStep(int Line, string Text, string Client, HttpMethod Method, Template Url) : ScriptStep(Line, Text)
{
    public HttpContentSpec? Sent { get; init; }

    public HttpContentSpec? Received { get; init; }

    /// <summary>Statuses such as 201 or 2xx; empty accepts any below 400.</summary>
    public IReadOnlyList<string> Statuses { get; init; } = [];

    public IReadOnlyList<HttpHeaderSpec> RequestHeaders { get; init; } = [];

    public IReadOnlyList<HttpHeaderSpec> ResponseHeaders { get; init; } = [];

    internal override async Task RunAsync(RunContext run, CancellationToken ct)
    {
        var url = Url.Expand(run.Variables);
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri)) throw new ScriptFailureException($"'{url}' is not a URL");
        using var request = new HttpRequestMessage(Method, uri);
        if (Sent is not null) request.Content = new ByteArrayContent(Sent.ToBytes(run.Variables));
        foreach (var header in RequestHeaders)
        {
            var value = header.Value.Expand(run.Variables);
            if (value.Length == 0) continue;   // A header that a slot may or may not demand is captured as empty.
            if (!request.Headers.TryAddWithoutValidation(header.Name, value) && request.Content?.Headers.TryAddWithoutValidation(header.Name, value) != true)
                throw new ScriptFailureException($"the header {header.Name} cannot be sent without a body");
        }

        run.Trace(Client, new ScriptTraffic(true, $"{Method} {uri}"));
        using var limit = new Deadline(run.Client(Client).Timeout, run.Time, ct);
        try
        {
            using var response = await run.Http.SendAsync(request, limit.Token).ConfigureAwait(false);
            var body = await response.Content.ReadAsByteArrayAsync(limit.Token).ConfigureAwait(false);
            run.Trace(Client, new ScriptTraffic(false, string.Create(CultureInfo.InvariantCulture, $"HTTP {(int)response.StatusCode}, {body.Length} bytes")));
            Check(run, response, body);
        }
        catch (HttpRequestException e)
        {
            throw new ScriptFailureException($"{Method} {uri} failed: {e.Message}{(e.InnerException is { } inner ? $" ({inner.Message})" : "")}");
        }
        catch (OperationCanceledException) when (limit.Passed)
        {
            throw new ScriptFailureException($"{Method} {uri} was not answered in time");
        }
    }

    private void Check(RunContext run, HttpResponseMessage response, byte[] body)
    {
        var status = ((int)response.StatusCode).ToString(CultureInfo.InvariantCulture);
        var isExpected = Statuses.Count == 0 ? (int)response.StatusCode < 400 : Statuses.Any(s => s.Zip(status).All(p => p.First == 'x' || p.First == p.Second));
        if (!isExpected) throw new ScriptFailureException($"expected status {(Statuses.Count == 0 ? "below 400" : string.Join(" or ", Statuses))}, received {status} {response.ReasonPhrase}: {Excerpt(body)}");
        foreach (var header in ResponseHeaders) CheckHeader(run, response, header);
        if (Received?.Problem(body, run.Variables) is { } problem) throw new ScriptFailureException(problem);
    }

    private static void CheckHeader(RunContext run, HttpResponseMessage response, HttpHeaderSpec expected)
    {
        var values = response.Headers.Concat(response.Content.Headers).FirstOrDefault(h => h.Key.Equals(expected.Name, StringComparison.OrdinalIgnoreCase)).Value;
        var value = values is null ? null : string.Join(", ", values);
        var matches = expected.Value.Rules.Contains(MatchRule.Absent) ? value is null : value is not null && expected.Value.Matches(value, run.Variables);
        if (!matches) throw new ScriptFailureException($"header {expected.Name}: expected '{expected.Value}', received {(value is null ? "none" : $"'{value}'")}");
    }

    private static string Excerpt(byte[] body) => Encoding.UTF8.GetString(body.AsSpan(0, Math.Min(body.Length, 300)));
}
