namespace XmppHost.Storage;

/// <summary>The storage could not be opened, written or read; the message says why in one line fit for an operator.</summary>
public sealed class StorageException : Exception
{
    public StorageException()
    {
    }

    public StorageException(string message)
        : base(message)
    {
    }

    public StorageException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
