using System.Security.Cryptography;
using System.Text;

namespace XmppHost.Plugins.FileStore.Serving;

/// <summary>The text around the parts of a multipart/byteranges body (RFC 9110 section 14.6).</summary>
internal sealed class MultipartBody
{
    private readonly byte[][] _heads;
    private readonly byte[] _end;

    internal MultipartBody(IReadOnlyList<ByteRange> parts, string contentType, long length)
    {
        // Nobody who made the file knew it.
        var boundary = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        ContentType = $"multipart/byteranges; boundary={boundary}";
        _heads = [.. parts.Select((p, i) => Encoding.ASCII.GetBytes($"{(i == 0 ? "" : "\r\n")}--{boundary}\r\nContent-Type: {contentType}\r\nContent-Range: {p.Of(length)}\r\n\r\n"))];
        _end = Encoding.ASCII.GetBytes($"\r\n--{boundary}--\r\n");
        Length = parts.Sum(p => p.Count) + _heads.Sum(h => h.Length) + _end.Length;
    }

    internal string ContentType { get; }

    internal long Length { get; }

    internal ReadOnlyMemory<byte> End => _end;

    internal ReadOnlyMemory<byte> Head(int part) => _heads[part];
}
