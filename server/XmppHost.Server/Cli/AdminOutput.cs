using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using XmppHost.Administration;

namespace XmppHost.Server.Cli;

/// <summary>Prints what a command came to: lines for a person, or one JSON value for a script.</summary>
internal static class AdminOutput
{
    // It goes to a terminal or a file, never into a web page: URLs and names stay readable.
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The exit code: 0 done, 1 refused or failed.</summary>
    internal static async Task<int> WriteAsync(AdminReply reply, bool json, InvocationConfiguration console)
    {
        if (json) await console.Output.WriteLineAsync(Json(reply).ToJsonString(Readable)).ConfigureAwait(false);
        else
            foreach (var line in reply.Lines) await console.Output.WriteLineAsync(line).ConfigureAwait(false);
        if (reply.Error is null) return 0;
        await console.Output.FlushAsync().ConfigureAwait(false);
        await console.Error.WriteLineAsync($"xmpphost: {reply.Error}").ConfigureAwait(false);
        return 1;
    }

    private static JsonNode Json(AdminReply reply)
    {
        var json = reply.Json ?? new JsonObject();
        if (reply.Error is not { } error) return json;
        var whole = json as JsonObject ?? new JsonObject { ["result"] = json };
        whole["error"] = new JsonObject { ["code"] = reply.ErrorCode ?? "refused", ["message"] = error };
        return whole;
    }
}
