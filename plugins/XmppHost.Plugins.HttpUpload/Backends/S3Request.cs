namespace XmppHost.Plugins.HttpUpload.Backends;

/// <summary>What a presigned URL lets its bearer do.</summary>
/// <param name="Method">The one HTTP method.</param>
/// <param name="Key">Below the location's prefix, not percent-encoded.</param>
/// <param name="Lifetime">One second to seven days.</param>
internal readonly record struct S3Request(string Method, string Key, TimeSpan Lifetime)
{
    /// <summary>The exact length of the body, which becomes part of the signature.</summary>
    internal long? Length { get; init; }

    /// <summary>The content type of the body, which becomes part of the signature; null: any.</summary>
    internal string? ContentType { get; init; }

    /// <summary>The bearer must send the header <c>x-amz-acl: public-read</c>.</summary>
    internal bool HasAclHeader { get; init; }

    /// <summary>More parameters, percent-encoded and in order; their names start with a lower-case letter, so that they stand behind those of the signature.</summary>
    internal string? Query { get; init; }
}
