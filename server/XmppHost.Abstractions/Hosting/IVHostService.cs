namespace XmppHost.Hosting;

/// <summary>Something that runs as long as its virtual host does.</summary>
public interface IVHostService
{
    /// <summary>Before the first client can connect. An exception stops the server's start with its message.</summary>
    ValueTask StartAsync(CancellationToken ct);

    /// <summary>After the last session has ended.</summary>
    ValueTask StopAsync(CancellationToken ct);
}
