using System.Text.Json;

namespace XmppHost.Server.Control;

/// <summary>The control socket's HTTP API: <c>POST /user</c> with a <see cref="UserRequest"/>.</summary>
internal sealed class ControlApi(UserAdministration users)
{
    internal async Task HandleAsync(HttpContext context)
    {
        var (request, response) = (context.Request, context.Response);
        if (request.Method != HttpMethods.Post || request.Path != "/user")
        {
            response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        UserRequest? user;
        try
        {
            user = await JsonSerializer.DeserializeAsync(request.Body, ControlJson.Default.UserRequest, context.RequestAborted).ConfigureAwait(false);
        }
        catch (JsonException)
        {
            user = null;
        }

        if (user is null)
        {
            response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        var reply = await users.ExecuteAsync(user, context.RequestAborted).ConfigureAwait(false);
        response.ContentType = "application/json";
        await JsonSerializer.SerializeAsync(response.Body, reply, ControlJson.Default.UserReply, context.RequestAborted).ConfigureAwait(false);
    }
}
