using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using XmppHost.Plugins.HttpUpload.Slots;

namespace XmppHost.Plugins.HttpUpload.Backends;

/// <summary>The JSON Web Token (RFC 7519, HS256) that Prosody's mod_http_file_share gives for an external service.</summary>
internal static class WebToken
{
    private static readonly string Header = Base64Url.EncodeToString("""{"typ":"JWT","alg":"HS256"}"""u8);

    // Not for a browser: names stay as they are.
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="slot">The part of the path before the name.</param>
    /// <param name="name">The name as it stands in the path.</param>
    /// <param name="ends">When the token ends, to the second.</param>
    internal static string Sign(byte[] key, FileRequest file, string slot, string name, DateTimeOffset now, DateTimeOffset ends)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Plain))
        {
            json.WriteStartObject();
            if (file.Uploader is { } uploader) json.WriteString("sub", uploader.Bare.ToString());
            json.WriteNumber("iat", now.ToUnixTimeSeconds());
            json.WriteNumber("exp", ends.ToUnixTimeSeconds());
            json.WriteString("slot", slot);
            if (file.Expires is { } expires) json.WriteNumber("expires", expires.ToUnixTimeSeconds());
            json.WriteString("filename", name);
            json.WriteNumber("filesize", file.Size);
            json.WriteString("filetype", file.ContentType ?? "application/octet-stream");
            json.WriteEndObject();
        }

        var text = $"{Header}.{Base64Url.EncodeToString(buffer.GetBuffer().AsSpan(0, (int)buffer.Length))}";
        return $"{text}.{Base64Url.EncodeToString(HMACSHA256.HashData(key, Encoding.ASCII.GetBytes(text)))}";
    }
}
