namespace XmppHost.Plugins.HttpUpload.Backends;

/// <summary>What the credential of a PUT is made over.</summary>
internal enum ExternalProtocol
{
    /// <summary><c>?v=</c>: path and length.</summary>
    V1,

    /// <summary><c>?v2=</c>: path, length and content type, which is application/octet-stream where none was declared.</summary>
    V2,

    /// <summary><c>?token=</c>: as version 2.</summary>
    Token,

    /// <summary>A header with a JSON Web Token, which has an end and says who uploads and when the file expires.</summary>
    Jwt,

    /// <summary>Version 2 for a declared content type, else version 1: for our own service, which verifies both.</summary>
    V2WhereTyped,
}
