using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace XmppHost.Core.Tls;

/// <summary>
/// Where a host's certificate lies in the folder. The first that exists of
/// <c>HOST.pem</c> (or <c>HOST.crt</c>) with <c>HOST.key</c>; <c>HOST.pem</c> with certificate and key in one; <c>HOST/fullchain.pem</c> with
/// <c>HOST/privkey.pem</c>, as ACME clients leave them. The host's own certificate comes first in its file, then the intermediate ones.
/// </summary>
internal sealed record CertificateFiles(string Certificate, string Key)
{
    /// <summary>Null where the folder has none for the host.</summary>
    internal static CertificateFiles? Find(string folder, string host)
    {
        foreach (var name in Names(host))
        {
            foreach (var certificate in (string[])[Path.Combine(folder, name + ".pem"), Path.Combine(folder, name + ".crt")])
            {
                if (!File.Exists(certificate)) continue;
                var key = Path.ChangeExtension(certificate, ".key");
                return new CertificateFiles(certificate, File.Exists(key) ? key : certificate);
            }

            var chain = Path.Combine(folder, name, "fullchain.pem");
            if (File.Exists(chain)) return new CertificateFiles(chain, Path.Combine(folder, name, "privkey.pem"));
        }

        return null;
    }

    /// <summary>Changes when the files do; ACME clients put symbolic links here, so it looks at their targets.</summary>
    internal string Stamp => StampOf(Certificate) + "|" + StampOf(Key);

    /// <exception cref="CertificateException">With one line that names the file.</exception>
    internal HostCertificate Load()
    {
        var chain = new X509Certificate2Collection();
        try
        {
            chain.ImportFromPem(Read(Certificate));
        }
        catch (CryptographicException e)
        {
            throw new CertificateException($"{Certificate}: not a certificate in PEM format ({OneLine(e)})");
        }

        if (chain.Count == 0) throw new CertificateException($"{Certificate}: no certificate in it");
        using var bare = chain[0];
        var keyed = WithKey(bare);
        chain.RemoveAt(0);
        return new HostCertificate(keyed, chain);
    }

    private X509Certificate2 WithKey(X509Certificate2 certificate)
    {
        var pem = Read(Key);
        if (pem.Contains("ENCRYPTED", StringComparison.Ordinal)) throw new CertificateException($"{Key}: the key is encrypted; store it without a passphrase, readable by the server alone");
        if (!pem.Contains("PRIVATE KEY-----", StringComparison.Ordinal)) throw new CertificateException($"{Key}: no private key in it");
        try
        {
            return X509Certificate2.CreateFromPem(certificate.ExportCertificatePem(), pem);
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            throw new CertificateException($"{Key}: not the key of the first certificate in {Certificate} ({OneLine(e)})");
        }
    }

    private static string Read(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CertificateException($"{path}: cannot be read ({OneLine(e)})");
        }
    }

    private static string StampOf(string path)
    {
        var file = new FileInfo(path);
        var target = file.Exists ? file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? file : file;
        return target.Exists ? $"{target.FullName}:{target.LastWriteTimeUtc.Ticks}:{target.Length}" : "";
    }

    private static IEnumerable<string> Names(string host)
    {
        yield return host;
        if (Addressing.DomainPart.ToAscii(host) is var ascii && ascii != host) yield return ascii;
    }

    private static string OneLine(Exception e) => e.Message.ReplaceLineEndings(" ").TrimEnd('.');
}
