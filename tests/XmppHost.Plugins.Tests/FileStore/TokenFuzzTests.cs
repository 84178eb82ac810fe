using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.AspNetCore.Http;
using XmppHost.Plugins.FileStore;
using XmppHost.Plugins.FileStore.Credentials;
using XmppHost.Plugins.Tests.HttpUpload;

namespace XmppHost.Plugins.Tests.FileStore;

/// <summary>Whatever stands where a token should, the answer is a refusal; a token that was changed in any place is none.</summary>
public sealed class TokenFuzzTests
{
    private const string Path = "foo/bär.jpg";

    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();
    private static readonly UploadTokens Tokens = new(new FakeUploadStore(), new FileStoreOptions { Secret = new Plugins.Secret(FileStoreHost.Secret), DeleteSecret = new Plugins.Secret("delete it") }, TimeProvider.System);

    private static string GoodJwt => Jwt.Sign(Jwt.Claims("foo", "bär.jpg", 5, "image/jpeg", Now));

    [Test]
    public void Any_text_as_a_token_is_refused() => Prop.ForAll<string?, NonNull<string>, NonNull<string>>((text, parameter, header) =>
    {
        foreach (var name in new[] { "v", "v2", "token", parameter.Get })
            AssertRefused(Request([new(name, text)], null));
        foreach (var value in new[] { header.Get, $"Bearer {header.Get}", $"Bearer {header.Get}.{text}.{header.Get}", $"Bearer {GoodJwt}{header.Get}x" })
            AssertRefused(Request([], value));
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Test]
    public void Signed_claims_of_any_kind_are_refused_or_taken_but_never_fail() => Prop.ForAll<NonNull<string>, int, NonNull<string>>((name, number, text) =>
    {
        foreach (var claim in new[] { "slot", "filename", "filesize", "filetype", "exp", "expires", "sub", "nbf", name.Get })
            foreach (JsonNode? value in new JsonNode?[] { number, number * 1e17, text.Get, null, true, new JsonArray(number), new JsonObject { ["a"] = text.Get } })
            {
                var claims = Jwt.Claims("foo", "bär.jpg", 5, "image/jpeg", Now);
                claims[claim] = value;
                Verify(Request([], $"Bearer {Jwt.Sign(claims)}"));
                Verify(Request([], $"Bearer {Jwt.SignText(claims + text.Get)}"));
            }
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(100));

    [Test]
    public void Token_that_was_changed_anywhere_is_refused()
    {
        Assert.That(Verify(Request([], $"Bearer {GoodJwt}")), Is.EqualTo(0));
        var good = GoodJwt;
        Prop.ForAll(Gen.Choose(0, good.Length - 1).ToArbitrary(), Gen.Elements("AZaz09-_.+/= %".ToCharArray()).ToArbitrary(), (at, c) =>
        {
            if (good[at] != c) AssertRefused(Request([], $"Bearer {good[..at]}{c}{good[(at + 1)..]}"));
            AssertRefused(Request([], $"Bearer {good[..at]}"));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));
    }

    [Test]
    public void Mac_that_was_changed_anywhere_is_refused()
    {
        var good = FileStoreHost.Hmac($"{Path} 5");
        Assert.That(Verify(Request([new("v", good)], null)), Is.EqualTo(0));
        Assert.That(Verify(Request([new("v", good.ToUpperInvariant())], null)), Is.EqualTo(0), "hex has no case");
        for (var at = 0; at < good.Length; at++)
        {
            AssertRefused(Request([new("v", good[..at] + (good[at] == '0' ? '1' : '0') + good[(at + 1)..])], null));
            AssertRefused(Request([new("v", good[..at])], null));
            AssertRefused(Request([new("v", good[..at] + "é" + good[(at + 1)..])], null));
        }
    }

    [Test]
    public void Token_of_one_request_is_none_of_another()
    {
        AssertRefused(Request([new("v2", FileStoreHost.Hmac($"{Path} 5"))], null));
        AssertRefused(Request([new("v", FileStoreHost.Hmac($"{Path}\0" + "5\0image/jpeg"))], null));
        AssertRefused(Request([new("token", FileStoreHost.Hmac($"{Path}\0delete it"))], null));
        Assert.That(Verify(Request([new("token", FileStoreHost.Hmac($"{Path}\0" + "5\0image/jpeg"))], null)), Is.EqualTo(0));
    }

    private static void AssertRefused(HttpRequest request)
    {
        Assert.That(Verify(request), Is.AnyOf(401, 403));
        Assert.That(Tokens.VerifyDelete(request, new UploadPath("foo/other")), Is.False);
    }

    private static int Verify(HttpRequest request) => Tokens.VerifyPut(request, new UploadPath(Path), 5, out var status) is null ? status : 0;

    private static HttpRequest Request(KeyValuePair<string, string?>[] query, string? authorization)
    {
        var request = new DefaultHttpContext().Request;
        request.ContentType = "image/jpeg";
        request.QueryString = QueryString.Create(query);
        if (authorization is not null) request.Headers.Authorization = authorization;
        return request;
    }
}
