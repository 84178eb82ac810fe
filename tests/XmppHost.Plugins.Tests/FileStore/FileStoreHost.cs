using System.Diagnostics.Metrics;
using System.Globalization;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Autofac;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using XmppHost.Hosting;
using XmppHost.Plugins.FileStore;
using XmppHost.Plugins.HttpUpload.Slots;
using XmppHost.Plugins.Tests.Support;
using XmppHost.Storage;
using XmppHost.Storage.Sql;
using XmppHost.Testing;

namespace XmppHost.Plugins.Tests.FileStore;

/// <summary>The plugin as the server runs it: its module, its routes, over Kestrel on a port of this machine.</summary>
internal sealed class FileStoreHost : IAsyncDisposable
{
    internal const string Secret = "secret string";

    private readonly TempFolder _folder = new("filestore");
    private readonly Meter _meter = new("tests");
    private readonly IContainer _scope;
    private readonly WebApplication _app;
    private readonly SqlStorage _storage;

    private FileStoreHost(string host, IEnumerable<string> options, IUploadObserver[] observers)
    {
        var builder = new ContainerBuilder();
        var problems = new List<string>();
        builder.RegisterInstance<IVHost>(new FakeVHost(host) { PublicUrl = new Uri("http://127.0.0.1/") });
        builder.RegisterInstance<ILoggerFactory>(NullLoggerFactory.Instance);
        builder.RegisterInstance<TimeProvider>(Clock);
        _storage = SqlStorage.Create(new StorageOptions(), _folder.Path, Clock, NullLoggerFactory.Instance);
        builder.RegisterInstance(_storage.Uploads).ExternallyOwned();
        foreach (var observer in observers) builder.RegisterInstance(observer);
        builder.RegisterModule(new FileStoreModule(new PluginContext("FileStore", host, Section(options), _meter, NullLoggerFactory.Instance, problems)
        {
            DataDirectory = _folder.Path,
            ConfigDirectory = _folder.Path,
        }));
        Assert.That(problems, Is.Empty);
        _scope = builder.Build();

        var web = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        web.Services.AddRoutingCore();
        web.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        _app = web.Build();
        foreach (var endpoints in _scope.Resolve<IEnumerable<IHttpEndpoints>>()) endpoints.Map(_app);
    }

    internal static HttpClient Http { get; } = new();

    /// <summary>Where files are, with a slash at its end.</summary>
    internal string BaseUrl { get; private set; } = "";

    /// <summary>The system's clock, moved by what a test adds.</summary>
    internal ShiftedTime Clock { get; } = new();

    internal IUploadLedger Ledger => _storage.Uploads;

    internal IUploadStore Store => _scope.Resolve<IUploadStore>();

    internal string Folder => _folder["files"];

    private IEnumerable<IVHostService> Services => _scope.Resolve<IEnumerable<IVHostService>>();

    private int Port => new Uri(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()).Port;

    internal static Task<FileStoreHost> StartAsync(params IEnumerable<string> options) => StartAsync("example.org", options);

    internal static async Task<FileStoreHost> StartAsync(string host, IEnumerable<string> options, params IUploadObserver[] observers)
    {
        var store = new FileStoreHost(host, [.. options, $"secret={Secret}", "minFreeSpace=1 MiB"], observers);
        await store._storage.OpenAsync(CancellationToken.None);
        foreach (var service in store.Services) await service.StartAsync(CancellationToken.None);
        await store._app.StartAsync();
        store.BaseUrl = $"http://127.0.0.1:{store.Port}{store.Store.BaseUrl.AbsolutePath}";
        return store;
    }

    /// <summary>Lets the plugin look after its files, as it does at a start.</summary>
    internal async Task RestartServicesAsync()
    {
        foreach (var service in Services.Reverse()) await service.StopAsync(CancellationToken.None);
        foreach (var service in Services) await service.StartAsync(CancellationToken.None);
    }

    internal ValueTask CloseLedgerAsync() => _storage.DisposeAsync();

    /// <summary>What is on disk, whole or not.</summary>
    internal string[] FilesOnDisk() => Directory.GetFiles(Folder, "*", SearchOption.AllDirectories);

    /// <summary>A new file's URL, signed by version 1.</summary>
    internal string SignedUrl(string path, long length) => $"{BaseUrl}{Encode(path)}?v={Hmac($"{path} {length.ToString(CultureInfo.InvariantCulture)}")}";

    /// <summary>A new file's URL, signed by version 2.</summary>
    internal string SignedUrl(string path, long length, string type) => $"{BaseUrl}{Encode(path)}?v2={Hmac($"{path}\0{length.ToString(CultureInfo.InvariantCulture)}\0{type}")}";

    internal static string Hmac(string text) => Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), Encoding.UTF8.GetBytes(text)));

    internal static string Encode(string path) => string.Join('/', path.Split('/').Select(Uri.EscapeDataString));

    /// <summary>Stores a file; its download URL.</summary>
    internal async Task<string> StoreAsync(string path, byte[] bytes, string? type = null)
    {
        Assert.That(await PutAsync(SignedUrl(path, bytes.Length), bytes, type), Is.EqualTo(201));
        return BaseUrl + Encode(path);
    }

    internal static async Task<int> PutAsync(string url, byte[] bytes, string? type = null)
    {
        using var content = new ByteArrayContent(bytes);
        if (type is not null) content.Headers.TryAddWithoutValidation("Content-Type", type);
        using var response = await Http.PutAsync(new Uri(url), content);
        return (int)response.StatusCode;
    }

    /// <summary>Uploads as a client does with a slot: its headers too.</summary>
    internal static async Task<int> PutAsync(UploadSlot slot, byte[] bytes, string? type = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, new Uri(slot.PutUrl)) { Content = new ByteArrayContent(bytes) };
        foreach (var (name, value) in slot.PutHeaders) request.Headers.TryAddWithoutValidation(name, value);
        if (type is not null) request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        using var response = await Http.SendAsync(request);
        return (int)response.StatusCode;
    }

    internal static Task<HttpResponseMessage> SendAsync(HttpMethod method, string url, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(method, new Uri(url));
        foreach (var (name, value) in headers) Assert.That(request.Headers.TryAddWithoutValidation(name, value), Is.True);
        return Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    /// <summary>A connection for what no HTTP library would send.</summary>
    internal async Task<NetworkStream> ConnectAsync(string text = "")
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync("127.0.0.1", Port);
        var stream = new NetworkStream(socket, ownsSocket: true);
        await stream.WriteAsync(Encoding.UTF8.GetBytes(text));
        return stream;
    }

    /// <summary>The status of a request with exactly this target.</summary>
    internal async Task<int> StatusOfAsync(string method, string target, string headers = "")
    {
        await using var stream = await ConnectAsync($"{method} {target} HTTP/1.1\r\nHost: 127.0.0.1:{Port}\r\nConnection: close\r\n{headers}\r\n");
        return await ReadStatusAsync(stream);
    }

    internal static async Task<int> ReadStatusAsync(Stream stream)
    {
        using var reader = new StreamReader(stream, leaveOpen: true);
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        return await reader.ReadLineAsync(limit.Token) is { } line ? int.Parse(line.Split(' ')[1], CultureInfo.InvariantCulture) : 0;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        foreach (var service in Services.Reverse()) await service.StopAsync(CancellationToken.None);
        await _scope.DisposeAsync();
        await _storage.DisposeAsync();
        _meter.Dispose();
        _folder.Dispose();
    }

    private static IConfigurationSection Section(IEnumerable<string> options) => new ConfigurationBuilder()
        .AddInMemoryCollection(options.Select(o => o.Split('=', 2)).DistinctBy(o => o[0]).Select(o => KeyValuePair.Create($"plugins:FileStore:{o[0]}", (string?)o[1])))
        .Build()
        .GetSection("plugins:FileStore");
}
