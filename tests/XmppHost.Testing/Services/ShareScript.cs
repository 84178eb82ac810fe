namespace XmppHost.Testing.Services;

/// <summary>
/// The reference upload service of the HMAC protocols: share.php (v1) and share_v2.php under PHP's own server, over plain HTTP.
/// </summary>
public sealed class ShareScript : IAsyncDisposable
{
    private static readonly Lazy<Task<ShareScript>> Instance = new(() => StartAsync());

    private readonly ServiceScript _script;

    private ShareScript(ServiceScript script, string secret)
    {
        _script = script;
        Secret = secret;
        V1 = new Uri($"http://127.0.0.1:{script.Port}/share.php/");
        V2 = new Uri($"http://127.0.0.1:{script.Port}/share_v2.php/");
    }

    /// <summary>The base URL that verifies ?v= tokens.</summary>
    public Uri V1 { get; }

    /// <summary>The base URL that verifies ?v2= tokens.</summary>
    public Uri V2 { get; }

    public string Secret { get; }

    /// <summary>The folder of the stored files, named by the digest of their path.</summary>
    public string Store => _script["store"];

    /// <summary>What PHP has logged: why a token was refused, for one.</summary>
    public string Log => File.ReadAllText(_script["log"]);

    /// <summary>The one of this test process; it ends with the process.</summary>
    public static Task<ShareScript> SharedAsync() => Instance.Value;

    public static async Task<ShareScript> StartAsync(string secret = "correct horse battery staple") =>
        new(await ServiceScript.StartAsync("share-php", secret), secret);

    public ValueTask DisposeAsync() => _script.DisposeAsync();
}
