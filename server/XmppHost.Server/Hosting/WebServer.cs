using System.Net.Sockets;
using Autofac;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using XmppHost.Core.Plugins;
using XmppHost.Core.Streams;
using XmppHost.Core.Tls;
using XmppHost.Hosting;
using XmppHost.Server.Control;
using XmppHost.Server.Logging;
using XmppHost.Server.Metrics;
using XmppHost.Server.Settings;

namespace XmppHost.Server.Hosting;

/// <summary>Kestrel with every port of the server: XMPP, HTTP, and the control socket.</summary>
internal sealed class WebServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Endpoints _endpoints;
    private readonly string _controlSocket;

    private WebServer(WebApplication app, Endpoints endpoints, string controlSocket)
    {
        _app = app;
        _endpoints = endpoints;
        _controlSocket = controlSocket;
    }

    internal static WebServer Create(Composition composition, Endpoints endpoints, ControlApi control, MetricsEndpoint? metrics, string controlSocket, ILoggerFactory loggers)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "xmpphost" });
        builder.Services.AddSingleton<ILoggerFactory>(new WebServerLoggers(loggers));
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.Services.AddRoutingCore();
        // Reading, routing and sending then happen on one thread in one go: a third less CPU per stanza on a server that is not saturated. Nothing here blocks a thread for long.
        builder.Services.Configure<SocketTransportOptions>(o => o.UnsafePreferInlineScheduling = true);
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            var server = composition.Server;
            foreach (var address in endpoints.C2s) Listen(kestrel, address, o => o.Run(new C2sConnectionHandler(server, directTls: false).OnConnectedAsync));
            foreach (var address in endpoints.C2sDirectTls) Listen(kestrel, address, o => o.Run(new C2sConnectionHandler(server, directTls: true).OnConnectedAsync));
            foreach (var address in endpoints.Http) Listen(kestrel, address, o => o.Protocols = HttpProtocols.Http1);
            foreach (var address in endpoints.Https) Listen(kestrel, address, o => o.UseHttps(HandshakeOptions(composition.Tls)));
            foreach (var address in endpoints.Metrics) Listen(kestrel, address, o => Mark(o, new MetricsConnection()));
            kestrel.ListenUnixSocket(controlSocket, o => Mark(o, new ControlConnection()));
        });

        var app = builder.Build();
        app.Use(next => context => context.Features.Get<ControlConnection>() is null ? next(context)
            : metrics is not null && context.Request.Path == MetricsEndpoint.ControlPath ? metrics.WriteAsync(context) : control.HandleAsync(context));
        app.Use(next => context => context.Features.Get<MetricsConnection>() is null ? next(context) : metrics!.HandleAsync(context));
        app.MapGet("/healthz", new HealthEndpoint(composition.Hosts).HandleAsync);
        foreach (var endpoint in composition.Hosts.SelectMany(h => h.Scope.Resolve<IEnumerable<IHttpEndpoints>>())) endpoint.Map(app);
        return new WebServer(app, endpoints, controlSocket);
    }

    internal async Task StartAsync(CancellationToken ct)
    {
        // Left behind by a server that was killed; the data folder's lock says that the control socket is nobody's.
        File.Delete(_controlSocket);
        foreach (var path in _endpoints.SocketPaths.Where(IsDead)) File.Delete(path);
        try
        {
            await _app.StartAsync(ct).ConfigureAwait(false);
        }
        catch (IOException e)
        {
            throw new Refusal($"endpoints: {Failure.Line(e).Replace("address http://", "address ", StringComparison.Ordinal).Replace("address https://", "address ", StringComparison.Ordinal)}");
        }

        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(_controlSocket, UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    internal Task StopAsync(CancellationToken ct) => _app.StopAsync(ct);

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync().ConfigureAwait(false);
        File.Delete(_controlSocket);
    }

    private static bool IsDead(string path)
    {
        if (!File.Exists(path)) return false;
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            socket.Connect(new UnixDomainSocketEndPoint(path));
            return false;
        }
        catch (SocketException e)
        {
            return e.SocketErrorCode == SocketError.ConnectionRefused;
        }
    }

    private static void Listen(KestrelServerOptions kestrel, ListenAddress address, Action<ListenOptions> configure)
    {
        if (address.SocketPath is { } path) kestrel.ListenUnixSocket(path, configure);
        else if (address.IsAny) kestrel.ListenAnyIP(address.Port, configure);
        else if (address.Host is "localhost") kestrel.ListenLocalhost(address.Port, configure);
        else kestrel.Listen(address.ToIPAddress(), address.Port, configure);
    }

    private static void Mark<T>(ListenOptions options, T mark) => options.Use(next => connection =>
    {
        connection.Features.Set(mark);
        return next(connection);
    });

    // The same certificates as for XMPP, by the same server name.
    private static TlsHandshakeCallbackOptions HandshakeOptions(TlsServer tls) => new()
    {
        OnConnection = context => ValueTask.FromResult(tls.ForHttps(context.ClientHelloInfo.ServerName)),
    };

    /// <summary>The process's signals are this program's business, not the web host's.</summary>
    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
