namespace XmppHost.Benchmarks.Load.Http;

/// <summary>Where one file is put and fetched, as the server wrote it: targets are sent byte by byte as they came.</summary>
/// <param name="PutAuthority">The Host header of the PUT.</param>
/// <param name="PutTarget">Path and query.</param>
/// <param name="GetAuthority">The Host header of the GET.</param>
/// <param name="GetTarget">Path and query.</param>
/// <param name="IsHttps">Whether the PUT's URL says so.</param>
/// <param name="PutHeaders">What the server wants to see again with the PUT.</param>
internal sealed record UploadPlace(string PutAuthority, string PutTarget, string GetAuthority, string GetTarget, bool IsHttps, IReadOnlyList<(string Name, string Value)> PutHeaders)
{
    public static UploadPlace Of(string putUrl, string getUrl, IReadOnlyList<(string Name, string Value)> putHeaders)
    {
        var (putAuthority, putTarget) = Split(putUrl);
        var (getAuthority, getTarget) = Split(getUrl);
        return new UploadPlace(putAuthority, putTarget, getAuthority, getTarget, putUrl.StartsWith("https:", StringComparison.Ordinal), putHeaders);
    }

    private static (string Authority, string Target) Split(string url)
    {
        var start = url.IndexOf("://", StringComparison.Ordinal) + 3;
        var slash = start < 3 ? -1 : url.IndexOf('/', start);
        return slash < 0 ? throw new InvalidDataException($"'{url}' is no URL of a file.") : (url[start..slash], url[slash..]);
    }
}
