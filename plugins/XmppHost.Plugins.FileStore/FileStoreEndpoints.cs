using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using XmppHost.Hosting;
using XmppHost.Plugins.FileStore.Life;
using XmppHost.Plugins.FileStore.Receiving;
using XmppHost.Plugins.FileStore.Serving;

namespace XmppHost.Plugins.FileStore;

/// <summary>The store's routes: <c>/upload/HOST/RANDOM/NAME</c>.</summary>
internal sealed class FileStoreEndpoints(IVHost host, FileStoreOptions options, PutEndpoint put, GetEndpoint get, DeleteEndpoint delete, FileStoreMeters meters) : IHttpEndpoints
{
    private readonly string _label = UploadStore.Label(host);
    private readonly bool _mayDelete = options.DeleteSecret is not null;

    public void Map(IEndpointRouteBuilder routes)
    {
        var pattern = $"/upload/{_label}/{{**path}}";
        routes.MapPut(pattern, context => HandleAsync(context, put.HandleAsync));
        if (_mayDelete) routes.MapDelete(pattern, context => HandleAsync(context, delete.HandleAsync));
        routes.MapMethods(pattern, ["GET", "HEAD"], context => HandleAsync(context, get.HandleAsync));
        routes.MapMethods(pattern, ["OPTIONS"], context =>
        {
            FileHeaders.AllowCrossOrigin(context.Response, _mayDelete);
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            return Task.CompletedTask;
        });
    }

    private async Task HandleAsync(HttpContext context, Func<HttpContext, UploadPath, Task<int>> handle)
    {
        FileHeaders.AllowCrossOrigin(context.Response, _mayDelete);
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        try
        {
            var status = UploadPath.TryParse(target, _label) is { } path ? await handle(context, path).ConfigureAwait(false) : StatusCodes.Status400BadRequest;
            if (status >= StatusCodes.Status400BadRequest) meters.Refused(context.Request.Method, status);
            if (status != 0 && !context.Response.HasStarted) context.Response.StatusCode = status;
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody is there to answer.
        }
    }
}
