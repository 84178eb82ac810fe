using System.Net.Security;
using System.Reflection;
using System.Runtime.InteropServices;

namespace XmppHost.Core.Tests.Tls;

/// <summary>What a client calls <c>tls-unique</c>: its own Finished message, or the server's where the session was resumed, as CPython's ssl module has it.</summary>
internal static partial class ClientFinished
{
    internal static (bool IsReused, byte[] Finished) Of(SslStream client)
    {
        var handle = (SafeHandle)typeof(SslStream).GetField("_securityContext", BindingFlags.Instance | BindingFlags.NonPublic)!.GetValue(client)!;
        var ssl = handle.DangerousGetHandle();
        var isReused = SessionReused(ssl) == 1;
        var message = new byte[64];
        var size = isReused ? GetPeerFinished(ssl, message, (nuint)message.Length) : GetFinished(ssl, message, (nuint)message.Length);
        GC.KeepAlive(handle);
        return (isReused, message[..(int)size]);
    }

    [LibraryImport("libssl.so.3", EntryPoint = "SSL_session_reused")]
    private static partial int SessionReused(nint ssl);

    [LibraryImport("libssl.so.3", EntryPoint = "SSL_get_finished")]
    private static partial nuint GetFinished(nint ssl, byte[] message, nuint size);

    [LibraryImport("libssl.so.3", EntryPoint = "SSL_get_peer_finished")]
    private static partial nuint GetPeerFinished(nint ssl, byte[] message, nuint size);
}
