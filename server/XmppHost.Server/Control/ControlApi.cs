using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace XmppHost.Server.Control;

/// <summary>The control socket's HTTP API: <c>POST /user</c> with a <see cref="UserRequest"/>, <c>POST /command</c> with an <see cref="AdminRequest"/>.</summary>
internal sealed class ControlApi(UserAdministration users, PluginAdministration plugins)
{
    internal Task HandleAsync(HttpContext context)
    {
        var path = context.Request.Method == HttpMethods.Post ? context.Request.Path.Value : null;
        switch (path)
        {
            case "/user":
                return AnswerAsync(context, ControlJson.Default.UserRequest, ControlJson.Default.UserReply, users.ExecuteAsync);
            case "/command":
                return AnswerAsync(context, ControlJson.Default.AdminRequest, ControlJson.Default.AdminReply, plugins.ExecuteAsync);
            default:
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                return Task.CompletedTask;
        }
    }

    private static async Task AnswerAsync<TRequest, TReply>(
        HttpContext context, JsonTypeInfo<TRequest> requestType, JsonTypeInfo<TReply> replyType, Func<TRequest, CancellationToken, Task<TReply>> execute)
        where TRequest : class
    {
        TRequest? request;
        try
        {
            request = await JsonSerializer.DeserializeAsync(context.Request.Body, requestType, context.RequestAborted).ConfigureAwait(false);
        }
        catch (JsonException)
        {
            request = null;
        }

        if (request is null)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        var reply = await execute(request, context.RequestAborted).ConfigureAwait(false);
        context.Response.ContentType = "application/json";
        await JsonSerializer.SerializeAsync(context.Response.Body, reply, replyType, context.RequestAborted).ConfigureAwait(false);
    }
}
