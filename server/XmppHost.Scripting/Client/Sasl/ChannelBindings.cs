using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace XmppHost.Scripting.Sasl;

/// <summary>The bytes that identify a TLS channel, per type of the registry of channel bindings.</summary>
internal static class ChannelBindings
{
    public const string Exporter = "tls-exporter";
    public const string EndPoint = "tls-server-end-point";

    /// <summary>The types that this client can do, best first.</summary>
    public static readonly string[] Known = [Exporter, EndPoint];

    /// <summary>Null where this connection has no such binding.</summary>
    public static byte[]? DataFor(string type, SslStream tls) => type switch
    {
        EndPoint => tls.RemoteCertificate is X509Certificate2 certificate ? HashOf(certificate) : null,
        Exporter => TlsExporter.TryExport(tls),
        _ => null,
    };

    // RFC 5929 section 4.1: the hash of the certificate's own signature algorithm, but SHA-256 in place of MD5 and SHA-1.
    private static byte[] HashOf(X509Certificate2 certificate)
    {
        var name = certificate.SignatureAlgorithm.Value switch
        {
            "1.2.840.113549.1.1.12" or "1.2.840.10045.4.3.3" => HashAlgorithmName.SHA384,
            "1.2.840.113549.1.1.13" or "1.2.840.10045.4.3.4" => HashAlgorithmName.SHA512,
            _ => HashAlgorithmName.SHA256,
        };
        return CryptographicOperations.HashData(name, certificate.RawData);
    }
}
