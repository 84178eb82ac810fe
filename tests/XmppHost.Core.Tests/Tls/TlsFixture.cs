using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;
using XmppHost.Core.Tests.Support;
using XmppHost.Core.Tls;

namespace XmppHost.Core.Tests.Tls;

/// <summary>A folder for certificates, and a store over it that remembers what it logged.</summary>
internal sealed class TlsFixture : IDisposable
{
    internal string Folder { get; } = Directory.CreateTempSubdirectory("xmpphost-tls-").FullName;

    internal ManualTime Time { get; } = new();

    internal MemoryLogger<CertificateStore> Log { get; } = new();

    internal CertificateStore Store(params string[] hosts) => new(Folder, hosts, Time, Log);

    internal string PathOf(string name) => Path.Combine(Folder, name);

    /// <summary>Writes a certificate for the host, and gives its thumbprint.</summary>
    internal string Write(string certificate, string key, string host, int years = 1, bool rsa = false)
    {
        using var made = Make(host, years, rsa);
        File.WriteAllText(PathOf(certificate), made.ExportCertificatePem() + "\n");
        File.AppendAllText(PathOf(key), (rsa ? made.GetRSAPrivateKey()!.ExportPkcs8PrivateKeyPem() : made.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem()) + "\n");
        return made.Thumbprint;
    }

    internal X509Certificate2 Make(string host, int years = 1, bool rsa = false)
    {
        var from = Time.GetUtcNow().AddYears(Math.Min(years, 0)).AddDays(-2);
        var name = new X500DistinguishedName($"CN={host}");
        var request = rsa
            ? new CertificateRequest(name, RSA.Create(2048), HashAlgorithmName.SHA512, RSASignaturePadding.Pkcs1)
            : new CertificateRequest(name, ECDsa.Create(ECCurve.NamedCurves.nistP256), HashAlgorithmName.SHA384);
        return request.CreateSelfSigned(from, Time.GetUtcNow().AddYears(years));
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}

internal sealed class MemoryLogger<T> : ILogger<T>
{
    internal List<(LogLevel Level, string Text)> Lines { get; } = [];

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Lines.Add((logLevel, formatter(state, exception)));
}
