using System.Text;

namespace XmppHost.Benchmarks.Load.Http;

/// <summary>One request and what its answer has to be.</summary>
/// <param name="Name">For failure messages.</param>
/// <param name="Head">The request up to its body.</param>
/// <param name="File">Which file's bytes are sent or expected.</param>
/// <param name="SentBytes">Of the request's body.</param>
/// <param name="ExpectedBytes">Of the answer's body, which is compared with the file; null where the answer's body is nobody's concern.</param>
internal sealed record HttpExchange(string Name, byte[] Head, int File, long SentBytes, long? ExpectedBytes)
{
    public const string ContentType = "image/jpeg";

    public static HttpExchange Put(UploadPlace place, int file, long size)
    {
        var headers = string.Concat(place.PutHeaders.Select(h => $"{h.Name}: {h.Value}\r\n"));
        var head = $"PUT {place.PutTarget} HTTP/1.1\r\nHost: {place.PutAuthority}\r\nContent-Type: {ContentType}\r\nContent-Length: {size}\r\n{headers}\r\n";
        return new HttpExchange($"PUT of file {file}", Encoding.UTF8.GetBytes(head), file, size, null);
    }

    public static HttpExchange Get(UploadPlace place, int file, long size) =>
        new($"GET of file {file}", Encoding.UTF8.GetBytes($"GET {place.GetTarget} HTTP/1.1\r\nHost: {place.GetAuthority}\r\n\r\n"), file, 0, size);

    /// <summary>200 for what is fetched; what is put may also be answered 201 or 204.</summary>
    public bool Accepts(int status) => status == 200 || (ExpectedBytes is null && status is 201 or 204);
}
