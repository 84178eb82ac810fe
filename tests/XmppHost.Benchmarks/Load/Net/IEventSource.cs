namespace XmppHost.Benchmarks.Load.Net;

/// <summary>One socket of an <see cref="EventLoop"/>.</summary>
internal interface IEventSource
{
    /// <summary>Its place in the loop; the loop sets it.</summary>
    int Slot { get; set; }

    int Descriptor { get; }

    /// <summary>The socket can be read, or written where that was waited for.</summary>
    /// <param name="shared">Room for what is read, until the call returns.</param>
    void OnReady(byte[] shared);

    void Close(string? reason = null);
}
