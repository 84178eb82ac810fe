using System.Net.Security;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text;

namespace XmppHost.Core.Tls;

/// <summary>
/// Calls into the OpenSSL under <see cref="SslStream"/> that .NET has no API for. It reaches the <c>SSL*</c> through a private field, so nothing may depend on it:
/// <see cref="TlsProbe"/> tries it on a handshake of its own before it is used on a client's.
/// </summary>
internal sealed class OpenSslAccess
{
    private const int CtrlMode = 33, ModeReleaseBuffers = 0x10, CtrlGetExtendedMasterSecret = 122, Tls12 = 0x0303, Tls13 = 0x0304;
    private const int BioCtrlPending = 10, BioSetBufMem = 114, BioClose = 1;
    private const int ExporterSize = 32, MaxFinishedSize = 64;

    private static readonly byte[] ExporterLabel = Encoding.ASCII.GetBytes("EXPORTER-Channel-Binding");

    private readonly FieldInfo _context;
    private readonly SslCtrl _ctrl;
    private readonly SslVersion _version;
    private readonly SslExportKeyingMaterial _export;
    private readonly SslVersion _isReused;
    private readonly SslFinished _ownFinished;
    private readonly SslFinished _peerFinished;
    private readonly SslBio _readBio;
    private readonly SslBio _writeBio;
    private readonly BioCtrl _bioCtrl;
    private readonly BufMemNew _newBuffer;

    private OpenSslAccess(FieldInfo context, nint library)
    {
        _context = context;
        _ctrl = Find<SslCtrl>(library, "SSL_ctrl");
        _version = Find<SslVersion>(library, "SSL_version");
        _export = Find<SslExportKeyingMaterial>(library, "SSL_export_keying_material");
        _isReused = Find<SslVersion>(library, "SSL_session_reused");
        _ownFinished = Find<SslFinished>(library, "SSL_get_finished");
        _peerFinished = Find<SslFinished>(library, "SSL_get_peer_finished");
        _readBio = Find<SslBio>(library, "SSL_get_rbio");
        _writeBio = Find<SslBio>(library, "SSL_get_wbio");
        _bioCtrl = Find<BioCtrl>(library, "BIO_ctrl");
        _newBuffer = Find<BufMemNew>(library, "BUF_MEM_new");
    }

    private delegate nint SslCtrl(nint ssl, int command, nint argument, nint pointer);

    private delegate int SslVersion(nint ssl);

    private delegate int SslExportKeyingMaterial(nint ssl, byte[] output, nuint size, byte[] label, nuint labelSize, byte[] context, nuint contextSize, int useContext);

    private delegate nuint SslFinished(nint ssl, byte[] output, nuint size);

    private delegate nint SslBio(nint ssl);

    private delegate nint BioCtrl(nint bio, int command, nint argument, nint pointer);

    private delegate nint BufMemNew();

    /// <summary>Null where this .NET or its OpenSSL is not as expected. A handshake must have happened, so that the library is loaded.</summary>
    internal static OpenSslAccess? TryFind()
    {
        var field = typeof(SslStream).GetField("_securityContext", BindingFlags.Instance | BindingFlags.NonPublic);
        if (!OperatingSystem.IsLinux() || field is null || !typeof(SafeHandle).IsAssignableFrom(field.FieldType) || LoadedLibrary() is not { } path) return null;
        try
        {
            return NativeLibrary.TryLoad(path, out var library) ? new OpenSslAccess(field, library) : null;
        }
        catch (EntryPointNotFoundException)
        {
            return null;
        }
    }

    /// <summary>
    /// Lets OpenSSL free its two 16 KB record buffers whenever they are empty: half of what an idle connection costs. What the handshake made of the two buffers between .NET and OpenSSL goes
    /// at once; they would keep that size.
    /// </summary>
    internal void ReleaseBuffers(SslStream stream) => With(stream, ssl =>
    {
        Shrink(_readBio(ssl));
        Shrink(_writeBio(ssl));
        return _ctrl(ssl, CtrlMode, ModeReleaseBuffers, 0);
    });

    /// <summary>The data of <c>tls-exporter</c> (RFC 9266 section 2); null where the connection has none.</summary>
    internal byte[]? Export(SslStream stream)
    {
        var output = new byte[ExporterSize];
        return With(stream, ssl => IsUnique(ssl) ? _export(ssl, output, ExporterSize, ExporterLabel, (nuint)ExporterLabel.Length, [], 0, 1) : 0) == 1 ? output : null;
    }

    /// <summary>The first Finished message of the handshake, as the data of <c>tls-unique</c> (RFC 5929 section 3); null where the connection has none.</summary>
    internal byte[]? FirstFinished(SslStream stream)
    {
        var output = new byte[MaxFinishedSize];
        var size = With(stream, ssl => IsUnique(ssl) ? (nint)(_isReused(ssl) == 1 ? _ownFinished : _peerFinished)(ssl, output, MaxFinishedSize) : 0);
        return size is > 0 and <= MaxFinishedSize ? output[..(int)size] : null;
    }

    internal bool CanExport(SslStream stream) => With(stream, ssl => IsUnique(ssl) ? 1 : 0) == 1;

    // RFC 9266 section 4.2: before TLS 1.3 only the extended master secret (RFC 7627) makes it unique.
    private bool IsUnique(nint ssl) => _version(ssl) switch
    {
        >= Tls13 => true,
        Tls12 => _ctrl(ssl, CtrlGetExtendedMasterSecret, 0, 0) == 1,
        _ => false,
    };

    // Only an empty one: the next flight may have arrived already.
    private void Shrink(nint bio)
    {
        if (bio == 0 || _bioCtrl(bio, BioCtrlPending, 0, 0) != 0 || _newBuffer() is var empty && empty == 0) return;
        _ = _bioCtrl(bio, BioSetBufMem, BioClose, empty);
    }

    private nint With(SslStream stream, Func<nint, nint> call)
    {
        if (_context.GetValue(stream) is not SafeHandle { IsInvalid: false } handle) return 0;
        var held = false;
        try
        {
            handle.DangerousAddRef(ref held);
            return call(handle.DangerousGetHandle());
        }
        catch (ObjectDisposedException)
        {
            return 0;
        }
        finally
        {
            if (held) handle.DangerousRelease();
        }
    }

    private static T Find<T>(nint library, string name)
        where T : Delegate => Marshal.GetDelegateForFunctionPointer<T>(NativeLibrary.GetExport(library, name));

    // Two versions may be installed; the SSL* belongs to the one that .NET loaded.
    private static string? LoadedLibrary()
    {
        var loaded = File.ReadLines("/proc/self/maps")
            .Select(line => line.IndexOf('/', StringComparison.Ordinal) is >= 0 and var at ? line[at..] : "")
            .Where(path => Path.GetFileName(path).StartsWith("libssl.so", StringComparison.Ordinal))
            .Distinct().ToList();
        return loaded.Count == 1 ? loaded[0] : null;
    }
}
