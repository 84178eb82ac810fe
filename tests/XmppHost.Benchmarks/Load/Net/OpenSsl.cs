using System.Runtime.InteropServices;

namespace XmppHost.Benchmarks.Load.Net;

/// <summary>
/// The dozen OpenSSL functions that a client needs. <c>SslStream</c> would build a certificate chain for every handshake, which costs more than the
/// server's whole login; here nothing is verified, since only loopback is ever dialled.
/// </summary>
internal static partial class OpenSsl
{
    public const int ErrorWantRead = 2;
    public const int ErrorWantWrite = 3;
    public const int ControlMode = 33;
    public const int ControlSessionCacheMode = 44;
    public const int ControlHostName = 55;
    public const int ModePartialWrite = 0x1;
    public const int ModeMovingBuffer = 0x2;
    public const int ModeReleaseBuffers = 0x10;

    private const string Library = "libssl.so.3";

    [LibraryImport(Library, EntryPoint = "TLS_client_method")]
    public static partial nint ClientMethod();

    [LibraryImport(Library, EntryPoint = "SSL_CTX_new")]
    public static partial nint NewContext(nint method);

    [LibraryImport(Library, EntryPoint = "SSL_CTX_free")]
    public static partial void FreeContext(nint context);

    [LibraryImport(Library, EntryPoint = "SSL_CTX_ctrl")]
    public static partial long ControlContext(nint context, int command, long number, nint pointer);

    [LibraryImport(Library, EntryPoint = "SSL_new")]
    public static partial nint New(nint context);

    [LibraryImport(Library, EntryPoint = "SSL_free")]
    public static partial void Free(nint ssl);

    [LibraryImport(Library, EntryPoint = "SSL_ctrl", StringMarshalling = StringMarshalling.Utf8)]
    public static partial long Control(nint ssl, int command, long number, string text);

    [LibraryImport(Library, EntryPoint = "SSL_set_alpn_protos")]
    public static partial int SetAlpn(nint ssl, ReadOnlySpan<byte> protocols, uint length);

    [LibraryImport(Library, EntryPoint = "SSL_set_fd")]
    public static partial int SetDescriptor(nint ssl, int descriptor);

    [LibraryImport(Library, EntryPoint = "SSL_set_connect_state")]
    public static partial void SetConnectState(nint ssl);

    [LibraryImport(Library, EntryPoint = "SSL_do_handshake")]
    public static partial int DoHandshake(nint ssl);

    [LibraryImport(Library, EntryPoint = "SSL_read")]
    public static partial int Read(nint ssl, Span<byte> buffer, int length);

    [LibraryImport(Library, EntryPoint = "SSL_write")]
    public static partial int Write(nint ssl, ReadOnlySpan<byte> bytes, int length);

    [LibraryImport(Library, EntryPoint = "SSL_get_error")]
    public static partial int GetError(nint ssl, int result);

    [LibraryImport("libcrypto.so.3", EntryPoint = "ERR_clear_error")]
    public static partial void ClearErrors();
}
