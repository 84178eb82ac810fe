using Microsoft.AspNetCore.Routing;

namespace XmppHost.Hosting;

/// <summary>
/// Adds routes to the server's own HTTP and HTTPS endpoints. All virtual hosts share them: put the host's name into the path, as in
/// <c>/upload/example.org/...</c>, so that no route depends on the request's Host header.
/// </summary>
public interface IHttpEndpoints
{
    void Map(IEndpointRouteBuilder routes);
}
