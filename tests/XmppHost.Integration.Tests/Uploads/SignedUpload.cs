using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace XmppHost.Integration.Tests.Uploads;

/// <summary>A file and its place in the embedded store of the host localhost.</summary>
/// <param name="Key">What the ledger knows it by.</param>
internal sealed record SignedUpload(string Key, Uri Put, Uri Get, byte[] Content)
{
    internal const string Secret = "shared with another server";

    /// <summary>A server for it; whoever shares the secret may hand out places.</summary>
    internal const string Config = $$"""
        { "hosts": { "localhost": { "publicUrl": "http://localhost/", "plugins": { "Disco": {}, "Accounts": {}, "HttpUpload": {}, "FileStore": { "secret": "{{Secret}}", "minFreeSpace": "1 MiB" } } } } }
        """;

    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromMinutes(2) };

    internal static SignedUpload OfAnotherServer(int port, int? size = null)
    {
        var content = RandomNumberGenerator.GetBytes(size ?? RandomNumberGenerator.GetInt32(1, 3_000_000));
        var key = $"{Guid.NewGuid():N}/file.bin";
        var token = HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), Encoding.UTF8.GetBytes($"{key} {content.Length.ToString(CultureInfo.InvariantCulture)}"));
        var url = Url(port, key);
        return new SignedUpload(key, new Uri($"{url}?v={Convert.ToHexStringLower(token)}"), url, content);
    }

    internal static async Task<SignedUpload> OfSlotAsync(UploadClient client, int port)
    {
        var content = RandomNumberGenerator.GetBytes(RandomNumberGenerator.GetInt32(1, 3_000_000));
        var (put, get) = await client.SlotAsync("file.bin", content.Length);
        var key = string.Concat(get.Segments[^2..]);
        return new SignedUpload(key, new Uri(Url(port, key) + new Uri(put.Attribute("url")!).Query), Url(port, key), content);
    }

    internal async Task<HttpStatusCode> PutAsync()
    {
        using var content = new ByteArrayContent(Content);
        using var response = await Http.PutAsync(Put, content);
        return response.StatusCode;
    }

    private static Uri Url(int port, string key) => new(FormattableString.Invariant($"http://127.0.0.1:{port}/upload/localhost/{key}"));
}
