using Autofac;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using XmppHost.Core.Plugins;

namespace XmppHost.Server.Hosting;

/// <summary><c>GET /healthz</c>: 200 when every health check that the plugins registered passes, else 503 and the names of those that do not. What is wrong is in the log, not in the answer.</summary>
internal sealed class HealthEndpoint(IReadOnlyList<ComposedHost> hosts)
{
    private readonly (string Name, IHealthCheck Check)[] _checks =
        [.. hosts.SelectMany(h => h.Scope.Resolve<IEnumerable<IHealthCheck>>().Select(c => ($"{h.Configuration.Name}/{c.GetType().Name}", c)))];

    internal async Task HandleAsync(HttpContext context)
    {
        var results = await Task.WhenAll(_checks.Select(c => RunAsync(c.Name, c.Check, context.RequestAborted))).ConfigureAwait(false);
        string[] failing = [.. results.OfType<string>()];
        context.Response.StatusCode = failing.Length == 0 ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        context.Response.ContentType = "text/plain; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        await context.Response.WriteAsync(failing.Length == 0 ? "healthy\n" : $"unhealthy: {string.Join(", ", failing)}\n", context.RequestAborted).ConfigureAwait(false);
    }

    private static async Task<string?> RunAsync(string name, IHealthCheck check, CancellationToken ct)
    {
        var context = new HealthCheckContext { Registration = new HealthCheckRegistration(name, check, HealthStatus.Unhealthy, []) };
        try
        {
            return (await check.CheckHealthAsync(context, ct).ConfigureAwait(false)).Status == HealthStatus.Unhealthy ? name : null;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return name;
        }
    }
}
