using System.Net.Security;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Security.Authentication;

namespace XmppHost.Scripting.Sasl;

/// <summary>
/// RFC 9266 on OpenSSL. .NET has no API for exported keying material, so this takes the SSL handle out of the stream; where that
/// does not work (another platform, a changed field), the binding simply does not exist.
/// </summary>
internal static class TlsExporter
{
    private const int Length = 32;
    private static readonly byte[] Label = "EXPORTER-Channel-Binding"u8.ToArray();
    private static readonly Lazy<Export?> Native = new(Load);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate int Export(nint ssl, byte[] output, nuint outputLength, byte[] label, nuint labelLength, byte[] context, nuint contextLength, int useContext);

    public static byte[]? TryExport(SslStream tls)
    {
        // RFC 9266 section 3: not defined for TLS 1.2 without the extended master secret, which cannot be asked for here.
        if (tls.SslProtocol != SslProtocols.Tls13 || Native.Value is not { } export) return null;
        var field = typeof(SslStream).GetField("_securityContext", BindingFlags.Instance | BindingFlags.NonPublic);
        if (field?.GetValue(tls) is not SafeHandle handle) return null;

        var held = false;
        try
        {
            handle.DangerousAddRef(ref held);
            var output = new byte[Length];
            return export(handle.DangerousGetHandle(), output, Length, Label, (nuint)Label.Length, [], 0, 1) == 1 ? output : null;
        }
        finally
        {
            if (held) handle.DangerousRelease();
        }
    }

    private static Export? Load()
    {
        if (!OperatingSystem.IsLinux()) return null;
        foreach (var name in (string[])["libssl.so.3", "libssl.so.1.1", "libssl.so"])
            if (NativeLibrary.TryLoad(name, out var library) && NativeLibrary.TryGetExport(library, "SSL_export_keying_material", out var address))
                return Marshal.GetDelegateForFunctionPointer<Export>(address);
        return null;
    }
}
