using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace XmppHost.Benchmarks.Peers;

/// <summary>A self-signed RSA-2048 certificate: the key that most operators have, and the same one for every server.</summary>
internal static class TestCertificate
{
    public static (string Certificate, string Key) Write(string folder, string host)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest($"CN={host}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(host);
        request.CertificateExtensions.Add(names.Build());
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(30));
        var certificateFile = Path.Combine(folder, $"{host}.pem");
        var keyFile = Path.Combine(folder, $"{host}.key");
        File.WriteAllText(certificateFile, certificate.ExportCertificatePem() + "\n");
        File.WriteAllText(keyFile, key.ExportPkcs8PrivateKeyPem() + "\n");
        return (certificateFile, keyFile);
    }
}
