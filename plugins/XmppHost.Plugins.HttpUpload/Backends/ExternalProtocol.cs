namespace XmppHost.Plugins.HttpUpload.Backends;

/// <summary>What the token in a PUT URL is made over.</summary>
internal enum ExternalProtocol
{
    /// <summary><c>?v=</c>: path and length.</summary>
    V1,

    /// <summary><c>?v2=</c>: path, length and content type, which is application/octet-stream where none was declared.</summary>
    V2,

    /// <summary>Version 2 for a declared content type, else version 1: for our own service, which verifies both.</summary>
    V2WhereTyped,
}
