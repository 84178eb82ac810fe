using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace XmppHost.Testing.Services;

/// <summary>A self-signed certificate for services on loopback, for names and for 127.0.0.1.</summary>
public sealed class LoopbackCertificate : IDisposable
{
    public LoopbackCertificate(params string[] names)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={names[0]}", key, HashAlgorithmName.SHA256);
        var alternatives = new SubjectAlternativeNameBuilder();
        foreach (var name in names) alternatives.AddDnsName(name);
        alternatives.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(alternatives.Build());
        var now = TimeProvider.System.GetUtcNow();
        Certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(7));
    }

    public X509Certificate2 Certificate { get; }

    /// <summary>What a client has to trust.</summary>
    public string Pem => Certificate.ExportCertificatePem();

    public void Dispose() => Certificate.Dispose();
}
