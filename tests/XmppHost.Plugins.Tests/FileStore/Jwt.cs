using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace XmppHost.Plugins.Tests.FileStore;

/// <summary>JSON Web Tokens as Prosody's mod_http_file_share makes them, and others.</summary>
internal static class Jwt
{
    internal static JsonObject Claims(string slot, string filename, long filesize, string filetype, DateTimeOffset now) => new()
    {
        ["sub"] = "romeo@montague.example",
        ["slot"] = slot,
        ["filename"] = filename,
        ["filesize"] = filesize,
        ["filetype"] = filetype,
        ["iat"] = now.ToUnixTimeSeconds(),
        ["exp"] = now.ToUnixTimeSeconds() + 300,
    };

    internal static string Sign(JsonNode claims, string secret = FileStoreHost.Secret, string header = """{"typ":"JWT","alg":"HS256"}""") => SignText(claims.ToJsonString(), secret, header);

    internal static string SignText(string claims, string secret = FileStoreHost.Secret, string header = """{"typ":"JWT","alg":"HS256"}""")
    {
        var text = $"{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(header))}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(claims))}";
        return $"{text}.{Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.ASCII.GetBytes(text)))}";
    }
}
