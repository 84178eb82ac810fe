using System.Text.Json.Nodes;

namespace XmppHost.Administration;

/// <summary>
/// What to print. Without <c>--json</c> it is the lines, and the error on standard error. With it, it is <see cref="Json"/>; an error stands in its property <c>error</c> as
/// <c>{ "code": ..., "message": ... }</c>, so that scripts have one place to look.
/// </summary>
/// <param name="Error">Why it was refused or failed, in one line without a full stop: exit code 1. Null when it was done.</param>
/// <param name="Lines">For people; printed with an error too.</param>
/// <param name="Json">The same for scripts; an object where an error may stand beside it.</param>
public sealed record AdminReply(string? Error, IReadOnlyList<string> Lines, JsonNode? Json = null)
{
    /// <summary>A word for scripts in camelCase that says which error it is: <c>fileTooLarge</c>.</summary>
    public string? ErrorCode { get; init; }

    public static AdminReply Refused(string error, string code = "refused") => new(error, []) { ErrorCode = code };

    public static AdminReply Done(JsonNode? json, params IReadOnlyList<string> lines) => new(null, lines, json);
}
