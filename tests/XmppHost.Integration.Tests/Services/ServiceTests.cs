using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Amazon.S3;
using Amazon.S3.Model;
using Npgsql;
using XmppHost.Testing.Services;

namespace XmppHost.Integration.Tests.Services;

/// <summary>What the other tests rely on: these services are real and refuse what they should refuse.</summary>
public sealed class ServiceTests
{
    private static readonly HttpClient Http = new();
    private static readonly byte[] Content = RandomNumberGenerator.GetBytes(100_000);

    [Test]
    public async Task S3_object_put_by_a_signed_url_is_readable_by_all_where_the_policy_says_so()
    {
        var gateway = await RadosGateway.SharedAsync();
        var open = await gateway.CreateBucketAsync(publicRead: true);
        var closed = await gateway.CreateBucketAsync();
        foreach (var bucket in new[] { open, closed })
            Assert.That(await PutAsync(PresignedPut(gateway, bucket)), Is.EqualTo(HttpStatusCode.OK));
        Assert.That(await Http.GetByteArrayAsync(new Uri($"{open}/file.bin")), Is.EqualTo(Content));
        using var refused = await Http.GetAsync(new Uri($"{closed}/file.bin"));
        Assert.That(refused.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
    }

    [Test]
    public async Task S3_refuses_a_signature_that_was_made_for_another_object()
    {
        var gateway = await RadosGateway.SharedAsync();
        var bucket = await gateway.CreateBucketAsync();
        var other = PresignedPut(gateway, bucket).Replace("file.bin", "other.bin", StringComparison.Ordinal);
        Assert.That(await PutAsync(other), Is.EqualTo(HttpStatusCode.Forbidden));
    }

    [Test]
    public async Task S3_answers_a_preflight_of_the_origin_that_the_bucket_names()
    {
        var gateway = await RadosGateway.SharedAsync();
        var bucket = await gateway.CreateBucketAsync(corsOrigin: "https://chat.example.org");
        using var request = new HttpRequestMessage(HttpMethod.Options, new Uri($"{bucket}/file.bin"));
        request.Headers.Add("Origin", "https://chat.example.org");
        request.Headers.Add("Access-Control-Request-Method", "PUT");
        using var response = await Http.SendAsync(request);
        Assert.That(response.Headers.GetValues("Access-Control-Allow-Origin"), Is.EqualTo(new[] { "https://chat.example.org" }));
    }

    [Test]
    public async Task Reference_upload_service_takes_a_v1_token_and_refuses_a_wrong_one()
    {
        var share = await ShareScript.SharedAsync();
        var path = $"{Guid.NewGuid()}/file.bin";
        Assert.That(await PutAsync($"{share.V1}{path}?v={Hmac(share, path + "x")}"), Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(await PutAsync($"{share.V1}{path}?v={Hmac(share, $"{path} {Content.Length}")}"), Is.EqualTo(HttpStatusCode.Created));
        Assert.That(await Http.GetByteArrayAsync(new Uri(share.V1, path)), Is.EqualTo(Content));
    }

    [Test]
    public async Task Reference_upload_service_takes_a_v2_token_for_the_declared_type_alone()
    {
        var share = await ShareScript.SharedAsync();
        var path = $"{Guid.NewGuid()}/file.bin";
        var url = $"{share.V2}{path}?v2={Hmac(share, $"{path}\0{Content.Length}\0image/png")}";
        Assert.That(await PutAsync(url, "image/jpeg"), Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(await PutAsync(url, "image/png"), Is.EqualTo(HttpStatusCode.Created));
        using var stored = await Http.GetAsync(new Uri(share.V2, path));
        Assert.That(stored.Content.Headers.ContentType!.MediaType, Is.EqualTo("image/png"));
    }

    [Test]
    public async Task PostgreSql_gives_each_test_an_empty_database_over_tcp_and_socket()
    {
        var server = await PostgreSqlServer.SharedAsync();
        var tcp = await server.CreateDatabaseAsync();
        var socket = new NpgsqlConnectionStringBuilder(tcp) { Host = server.SocketFolder }.ConnectionString;
        foreach (var connection in new[] { tcp, socket })
        {
            await using var source = NpgsqlDataSource.Create(connection);
            await using var command = source.CreateCommand("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'");
            Assert.That(await command.ExecuteScalarAsync(), Is.EqualTo(0L));
        }
    }

    [Test]
    public async Task Service_ends_with_its_owner()
    {
        Uri endpoint;
        await using (var share = await ShareScript.StartAsync())
            endpoint = share.V1;
        Assert.That(async () => await Http.GetAsync(endpoint), Throws.InstanceOf<HttpRequestException>());
    }

    private static string PresignedPut(RadosGateway gateway, Uri bucket) => gateway.Client.GetPreSignedURL(new GetPreSignedUrlRequest
    {
        BucketName = bucket.AbsolutePath[1..],
        Key = "file.bin",
        Verb = HttpVerb.PUT,
        Expires = DateTime.UnixEpoch + (TimeProvider.System.GetUtcNow() - DateTimeOffset.UnixEpoch) + TimeSpan.FromMinutes(5),
        Protocol = Protocol.HTTP,
    });

    private static async Task<HttpStatusCode> PutAsync(string url, string? type = null)
    {
        using var content = new ByteArrayContent(Content);
        if (type is not null) content.Headers.ContentType = new MediaTypeHeaderValue(type);
        using var response = await Http.PutAsync(new Uri(url), content);
        return response.StatusCode;
    }

    private static string Hmac(ShareScript share, string text) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(share.Secret), Encoding.UTF8.GetBytes(text)));
}
