using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace XmppHost.Core.Tls;

/// <summary>The data of <c>tls-server-end-point</c> (RFC 5929 section 4.1): the certificate's hash. .NET refuses to give it to a server.</summary>
internal static class EndPointBinding
{
    /// <summary>Null where the signature has no single hash function, for which the RFC leaves the binding undefined.</summary>
    internal static byte[]? Of(X509Certificate2 certificate) => certificate.SignatureAlgorithm.Value switch
    {
        // MD5 and SHA-1 are replaced by SHA-256.
        "1.2.840.113549.1.1.4" or "1.2.840.113549.1.1.5" or "1.2.840.10045.4.1" or "1.2.840.10040.4.3" => SHA256.HashData(certificate.RawDataMemory.Span),
        "1.2.840.113549.1.1.11" or "1.2.840.10045.4.3.2" => SHA256.HashData(certificate.RawDataMemory.Span),
        "1.2.840.113549.1.1.12" or "1.2.840.10045.4.3.3" => SHA384.HashData(certificate.RawDataMemory.Span),
        "1.2.840.113549.1.1.13" or "1.2.840.10045.4.3.4" => SHA512.HashData(certificate.RawDataMemory.Span),
        _ => null,
    };
}
