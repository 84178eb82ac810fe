using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace XmppHost.Core.Tls;

/// <summary>A certificate for a host that was given none, so that the first run needs no setup.</summary>
internal static class SelfSignedCertificate
{
    private const int Years = 10;

    /// <summary>Writes it as two PEM files; the key is for the owner alone.</summary>
    /// <param name="asciiHost">The host with A-labels.</param>
    internal static void Write(string asciiHost, string certificatePath, string keyPath, DateTimeOffset now)
    {
        // P-256: its handshake costs the server a third less than RSA's.
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = Request(asciiHost, key).CreateSelfSigned(now.AddDays(-1), now.AddYears(Years));
        WriteNew(keyPath, key.ExportPkcs8PrivateKeyPem(), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        WriteNew(certificatePath, certificate.ExportCertificatePem(), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
    }

    private static CertificateRequest Request(string host, ECDsa key)
    {
        var name = new X500DistinguishedNameBuilder();
        name.AddCommonName(host.Length <= 64 ? host : host[^64..]);
        var request = new CertificateRequest(name.Build(), key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], false));
        request.CertificateExtensions.Add(NamesOf(host));
        return request;
    }

    private static X509Extension NamesOf(string host)
    {
        var names = new SubjectAlternativeNameBuilder();
        if (IPAddress.TryParse(host.Trim('[', ']'), out var address))
        {
            names.AddIpAddress(address);
            return names.Build();
        }

        names.AddDnsName(host);
        names.AddDnsName("*." + host);
        if (host == "localhost")
        {
            names.AddIpAddress(IPAddress.Loopback);
            names.AddIpAddress(IPAddress.IPv6Loopback);
        }

        return names.Build();
    }

    private static void WriteNew(string path, string text, UnixFileMode mode)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = mode;
        using var writer = new StreamWriter(path, options);
        writer.Write(text);
        writer.Write('\n');
    }
}
