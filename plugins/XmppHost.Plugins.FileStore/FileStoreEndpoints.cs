using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using XmppHost.Hosting;

namespace XmppHost.Plugins.FileStore;

/// <summary>The store's routes: <c>/upload/HOST/RANDOM/NAME</c>.</summary>
internal sealed class FileStoreEndpoints(IVHost host, PutEndpoint put, GetEndpoint get) : IHttpEndpoints
{
    private readonly string _label = UploadStore.Label(host);

    public void Map(IEndpointRouteBuilder routes)
    {
        var pattern = $"/upload/{_label}/{{**path}}";
        routes.MapPut(pattern, context => HandleAsync(context, put.HandleAsync));
        routes.MapMethods(pattern, ["GET", "HEAD"], context => HandleAsync(context, get.HandleAsync));
        routes.MapMethods(pattern, ["OPTIONS"], context =>
        {
            FileHeaders.AllowCrossOrigin(context.Response);
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            return Task.CompletedTask;
        });
    }

    private Task HandleAsync(HttpContext context, Func<HttpContext, UploadPath, Task> handle)
    {
        FileHeaders.AllowCrossOrigin(context.Response);
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        if (UploadPath.TryParse(target, _label) is { } path) return handle(context, path);
        context.Response.StatusCode = StatusCodes.Status400BadRequest;
        return Task.CompletedTask;
    }
}
