using System.Diagnostics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;
using XmppHost.Core.Tls;

namespace XmppHost.Core.Tests.Tls;

internal sealed class CertificateStoreTests
{
    private TlsFixture _tls = null!;

    [SetUp]
    public void SetUp() => _tls = new TlsFixture();

    [TearDown]
    public void TearDown() => _tls.Dispose();

    [Test]
    public void Host_without_a_certificate_gets_one_that_stays()
    {
        using var store = Loaded("localhost");
        using var again = Loaded("localhost");
        var made = store.For("localhost").Certificate;
        var names = made.Extensions.OfType<X509SubjectAlternativeNameExtension>().Single();

        Assert.That(names.EnumerateDnsNames(), Is.EqualTo(new[] { "localhost", "*.localhost" }));
        Assert.That(names.EnumerateIPAddresses().Select(a => a.ToString()), Is.EqualTo(new[] { "127.0.0.1", "::1" }));
        Assert.That(made.GetECDsaPublicKey()!.ExportParameters(false).Curve.Oid.Value, Is.EqualTo(ECCurve.NamedCurves.nistP256.Oid.Value));
        Assert.That(made.NotAfter.Year, Is.EqualTo(2040));
        Assert.That(again.For("localhost").Certificate.Thumbprint, Is.EqualTo(made.Thumbprint));
        Assert.That(new FileInfo(_tls.PathOf("localhost.key")).UnixFileMode, Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
    }

    [Test]
    public void International_host_gets_a_certificate_with_a_labels()
    {
        using var store = Loaded("b\u00FCcher.example");

        Assert.That(store.For("xn--bcher-kva.example").Certificate.MatchesHostname("xn--bcher-kva.example"), Is.True);
        Assert.That(store.For("xn--bcher-kva.example").Certificate.MatchesHostname("upload.xn--bcher-kva.example"), Is.True);
    }

    [TestCase("a.example", "a.example")]
    [TestCase("A.Example", "a.example")]
    [TestCase("upload.a.example", "a.example")]
    [TestCase("x.y.b.example", "b.example")]
    [TestCase("own.a.example", "own.a.example")]
    [TestCase("c.own.a.example", "own.a.example")]
    [TestCase("nota.example", "a.example", Description = "the first host is for strangers")]
    [TestCase(null, "a.example")]
    [TestCase("", "a.example")]
    [TestCase("!", "a.example")]
    public void Name_in_the_hello_chooses_the_host(string? serverName, string host)
    {
        using var store = Loaded("a.example", "b.example", "own.a.example");

        Assert.That(store.For(serverName), Is.SameAs(store.For(host)));
    }

    [Test]
    public void Without_a_name_the_stream_headers_host_is_taken()
    {
        using var store = Loaded("a.example", "b.example");

        Assert.That(store.For(null, "b.example"), Is.SameAs(store.For("b.example")));
        Assert.That(store.For("a.example", "b.example"), Is.SameAs(store.For("a.example")), "the name wins");
        Assert.That(store.For(null, "unknown"), Is.SameAs(store.For("a.example")));
    }

    [TestCase("a.example.pem", "a.example.key", true)]
    [TestCase("a.example.pem", "a.example.key", false)]
    [TestCase("a.example.crt", "a.example.key", true)]
    [TestCase("a.example.crt", "a.example.key", false)]
    [TestCase("a.example.pem", "a.example.pem", true)]
    [TestCase("a.example.pem", "a.example.pem", false)]
    [TestCase("a.example/fullchain.pem", "a.example/privkey.pem", true)]
    [TestCase("a.example/fullchain.pem", "a.example/privkey.pem", false)]
    public void Files_are_found_by_their_usual_names(string certificate, string key, bool rsa)
    {
        Directory.CreateDirectory(_tls.PathOf("a.example"));
        var thumbprint = _tls.Write(certificate, key, "a.example", rsa: rsa);
        using var store = Loaded("a.example");

        Assert.That(store.For("a.example").Certificate.Thumbprint, Is.EqualTo(thumbprint));
    }

    [Test]
    public void Problem_is_one_line_that_names_the_file()
    {
        _tls.Write("mismatch.pem", "other.key", "mismatch");
        _tls.Write("other.pem", "mismatch.key", "other");
        File.WriteAllText(_tls.PathOf("garbage.pem"), "hello");
        File.WriteAllText(_tls.PathOf("broken.pem"), "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
        _tls.Write("keyless.pem", "gone.key", "keyless");
        _tls.Write("locked.pem", "gone2.key", "locked");
        using (var key = ECDsa.Create()) File.WriteAllText(_tls.PathOf("locked.key"), key.ExportEncryptedPkcs8PrivateKeyPem("pw", new PbeParameters(PbeEncryptionAlgorithm.Aes128Cbc, HashAlgorithmName.SHA256, 10)));
        Directory.CreateDirectory(_tls.PathOf("half"));
        _tls.Write("half/fullchain.pem", "gone3.key", "half");
        using var store = _tls.Store("mismatch", "garbage", "broken", "keyless", "locked", "half");

        var problems = store.Load();

        Assert.That(problems, Has.Count.EqualTo(6).And.All.Not.Contains("\n"));
        Assert.That(problems[0], Does.StartWith(_tls.PathOf("mismatch.key") + ": not the key of"));
        Assert.That(problems[1], Does.StartWith(_tls.PathOf("garbage.pem") + ": no certificate"));
        Assert.That(problems[2], Does.StartWith(_tls.PathOf("broken.pem") + ": not a certificate"));
        Assert.That(problems[3], Does.StartWith(_tls.PathOf("keyless.pem") + ": no private key"));
        Assert.That(problems[4], Does.StartWith(_tls.PathOf("locked.key") + ": the key is encrypted"));
        Assert.That(problems[5], Does.StartWith(_tls.PathOf("half/privkey.pem") + ": cannot be read"));
    }

    [Test]
    public void Expired_certificate_is_served_and_complained_of()
    {
        _tls.Write("a.example.pem", "a.example.key", "a.example", years: -1);
        using var store = Loaded("a.example");

        Assert.That(_tls.Log.Lines.Single().Level, Is.EqualTo(LogLevel.Error));
        Assert.That(_tls.Log.Lines.Single().Text, Does.Contain("expired on 2029-01-01"));
    }

    [Test]
    public void Changed_files_are_read_again_by_the_poll()
    {
        var old = _tls.Write("a.example.pem", "a.example.key", "a.example");
        using var store = Loaded("a.example");
        store.Watch();
        File.Delete(_tls.PathOf("a.example.key"));
        var renewed = _tls.Write("a.example.pem", "a.example.key", "a.example", years: 2);

        Assert.That(store.For(null).Certificate.Thumbprint, Is.EqualTo(old));
        _tls.Time.Advance(TimeSpan.FromSeconds(31));
        Assert.That(store.For(null).Certificate.Thumbprint, Is.EqualTo(renewed));
    }

    [Test]
    public async Task Changed_files_are_noticed_long_before_the_poll()
    {
        var old = _tls.Write("a.example.pem", "a.example.pem", "a.example");
        using var store = new CertificateStore(_tls.Folder, ["a.example"], TimeProvider.System, _tls.Log);
        store.Load();
        store.Watch();
        File.Delete(_tls.PathOf("a.example.pem"));
        _tls.Write("a.example.pem", "a.example.pem", "a.example");

        var waited = Stopwatch.StartNew();
        while (store.For(null).Certificate.Thumbprint == old && waited.Elapsed < TimeSpan.FromSeconds(20)) await Task.Delay(50);
        Assert.That(store.For(null).Certificate.Thumbprint, Is.Not.EqualTo(old));
    }

    [Test]
    public void What_cannot_be_used_leaves_the_old_certificate_and_is_tried_again_when_it_changes()
    {
        var old = _tls.Write("a.example.pem", "a.example.key", "a.example");
        using var store = Loaded("a.example");
        _tls.Write("a.example.pem", "b.key", "a.example");
        store.Reload();
        store.Reload();

        Assert.That(store.For(null).Certificate.Thumbprint, Is.EqualTo(old));
        Assert.That(_tls.Log.Lines, Has.Count.EqualTo(1), "the same files are complained of once");
        Assert.That(_tls.Log.Lines[0].Text, Does.Contain("the old one stays").And.Contains("not the key of"));

        File.Move(_tls.PathOf("b.key"), _tls.PathOf("a.example.key"), overwrite: true);
        store.Reload();
        Assert.That(store.For(null).Certificate.Thumbprint, Is.Not.EqualTo(old));
    }

    [Test]
    public void Certificate_that_expired_does_not_replace_one_that_is_valid()
    {
        var old = _tls.Write("a.example.pem", "a.example.pem", "a.example");
        using var store = Loaded("a.example");
        _tls.Write("a.example.pem", "a.example.pem", "a.example", years: -1);
        store.Reload();

        Assert.That(store.For(null).Certificate.Thumbprint, Is.EqualTo(old));
    }

    [Test]
    public void Renewed_target_of_a_symbolic_link_is_seen()
    {
        Directory.CreateDirectory(_tls.PathOf("archive"));
        _tls.Write("archive/1.pem", "archive/1.pem", "a.example");
        File.CreateSymbolicLink(_tls.PathOf("a.example.pem"), _tls.PathOf("archive/1.pem"));
        using var store = Loaded("a.example");
        var renewed = _tls.Write("archive/2.pem", "archive/2.pem", "a.example");
        File.Delete(_tls.PathOf("a.example.pem"));
        File.CreateSymbolicLink(_tls.PathOf("a.example.pem"), _tls.PathOf("archive/2.pem"));
        store.Reload();

        Assert.That(store.For(null).Certificate.Thumbprint, Is.EqualTo(renewed));
    }

    private CertificateStore Loaded(params string[] hosts)
    {
        var store = _tls.Store(hosts);
        Assert.That(store.Load(), Is.Empty);
        return store;
    }
}
