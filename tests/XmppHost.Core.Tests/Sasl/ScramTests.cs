using System.Text;
using XmppHost.Addressing;
using XmppHost.Core.Streams.Sasl;

namespace XmppHost.Core.Tests.Sasl;

internal sealed class ScramTests
{
    private static readonly Jid Juliet = Jid.Parse("juliet@capulet.example");

    // RFC 5802 section 5, RFC 7677 section 3, and for SHA-512 the latter's inputs worked out with Python's hashlib.
    [TestCase("SCRAM-SHA-1", "fyko+d2lbbFgONRv9qkxdawL", "3rfcNHYJY1ZVvWVs7j", "QSXCR+Q6sek8bf92", "v0X8v3Bz2T0CJGbJQyF0X+HI4Ts=", "rmF9pqV8S7suAoZWja4dJRkFsKQ=")]
    [TestCase("SCRAM-SHA-256", "rOprNGfwEbeRWgbNEkqO", "%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0", "W22ZaJ0SNY7soEsUEjb6gQ==", "dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=", "6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=")]
    [TestCase("SCRAM-SHA-512", "rOprNGfwEbeRWgbNEkqO", "%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0", "W22ZaJ0SNY7soEsUEjb6gQ==", "gMGXRcevScNtxZ6/8lQYpGtnsNAc3mGcmNomv+xnoOMw+3R2xNJdMNnzMlTN8PPC6wdp6dybEmDYXYTxwnYPJQ==", "ZQnYEgWQMFmmsM8aQMF0nDDCy/AgCzkwk8CmMZYcMg0vSVlKDanekLtifDSeVGT4+5ZxXnJq199RVG2rR7N7Zw==")]
    public async Task Exchange_of_the_rfc_comes_out_as_printed(string mechanism, string clientNonce, string serverNonce, string salt, string proof, string signature)
    {
        var sasl = new SaslFixture(nonce: () => serverNonce);
        sasl.Add("user", ScramKeys.Derive("pencil", ScramHash.Find(mechanism)!, Convert.FromBase64String(salt), 4096));
        var negotiation = sasl.Start(mechanism);

        var challenge = await negotiation.StepAsync(Encoding.UTF8.GetBytes($"n,,n=user,r={clientNonce}"), default);
        var success = await negotiation.StepAsync(Encoding.UTF8.GetBytes($"c=biws,r={clientNonce}{serverNonce},p={proof}"), default);

        Assert.That(Encoding.UTF8.GetString(challenge.Data!), Is.EqualTo($"r={clientNonce}{serverNonce},s={salt},i=4096"));
        Assert.That(success.Account, Is.EqualTo(Jid.Parse("user@capulet.example")));
        Assert.That(Encoding.UTF8.GetString(success.Data!), Is.EqualTo($"v={signature}"));
    }

    [Test]
    public async Task Right_password_logs_in_with_every_hash_and_binding(
        [Values("SCRAM-SHA-1", "SCRAM-SHA-256", "SCRAM-SHA-512")] string mechanism, [Values("", "tls-server-end-point", "tls-exporter")] string binding)
    {
        var plus = binding.Length > 0 ? "-PLUS" : "";
        var client = Client(mechanism, gs2: binding.Length > 0 ? $"p={binding},," : "n,,", data: SaslFixture.Bindings.Find(binding));

        var step = await new SaslFixture().ScramAsync(mechanism + plus, client, SaslFixture.Bindings);

        Assert.That(step.Account, Is.EqualTo(Juliet));
        Assert.That(client.IsServer(step.Data!), Is.True);
    }

    [Test]
    public async Task Wrong_password_is_not_authorized() =>
        Assert.That((await new SaslFixture().ScramAsync("SCRAM-SHA-256", Client("SCRAM-SHA-256", password: "wrong"))).Error, Is.EqualTo(SaslFailure.NotAuthorized));

    [Test]
    public async Task Unknown_account_looks_like_a_wrong_password_each_time_anew()
    {
        var sasl = new SaslFixture();
        var salts = new HashSet<string>();
        foreach (var name in (string[])["romeo", "Romeo"])
        {
            var negotiation = sasl.Start("SCRAM-SHA-256");
            var client = Client("SCRAM-SHA-256", name: name);
            var challenge = await negotiation.StepAsync(client.First(), default);
            var text = Encoding.UTF8.GetString(challenge.Data!);
            salts.Add(text.Split(',')[1]);

            Assert.That(text, Does.EndWith($",i={sasl.Options.ScramIterations}"));
            Assert.That(Convert.FromBase64String(text.Split(',')[1][2..]), Has.Length.EqualTo(ScramKeys.SaltSize));
            Assert.That((await negotiation.StepAsync(client.Final(challenge.Data!), default)).Error, Is.EqualTo(SaslFailure.NotAuthorized));
        }

        Assert.That(salts, Has.Count.EqualTo(1), "one account, however it is written, has one salt");
    }

    [Test]
    public async Task Made_up_salts_differ_by_account_and_by_hash()
    {
        var sasl = new SaslFixture();
        var salts = new HashSet<string>();
        foreach (var name in (string[])["romeo", "tybalt"])
            foreach (var mechanism in (string[])["SCRAM-SHA-1", "SCRAM-SHA-256", "SCRAM-SHA-512"])
                salts.Add(Encoding.UTF8.GetString((await sasl.StepAsync(mechanism, $"n,,n={name},r=abc")).Data!).Split(',')[1]);

        Assert.That(salts, Has.Count.EqualTo(6));
    }

    [Test]
    public async Task Name_that_cannot_be_an_account_looks_like_a_wrong_password() =>
        Assert.That((await new SaslFixture().ScramAsync("SCRAM-SHA-1", Client("SCRAM-SHA-1", name: "a b"))).Error, Is.EqualTo(SaslFailure.NotAuthorized));

    [Test]
    public async Task Account_without_keys_of_the_hash_is_treated_as_unknown()
    {
        var sasl = new SaslFixture();
        sasl.Add("old", ScramKeys.Derive("pw", ScramHash.Find("SCRAM-SHA-1")!, new byte[16], 4096));

        Assert.That((await sasl.ScramAsync("SCRAM-SHA-512", Client("SCRAM-SHA-512", "old", "pw"))).Error, Is.EqualTo(SaslFailure.NotAuthorized));
        Assert.That((await sasl.ScramAsync("SCRAM-SHA-1", Client("SCRAM-SHA-1", "old", "pw"))).Account, Is.Not.Null);
    }

    [Test]
    public async Task Name_is_prepared_and_unescaped()
    {
        var sasl = new SaslFixture();
        sasl.Add("a,b=c", "pw");

        Assert.That((await sasl.ScramAsync("SCRAM-SHA-1", Client("SCRAM-SHA-1", "JULIET"))).Account, Is.EqualTo(Juliet));
        Assert.That((await sasl.ScramAsync("SCRAM-SHA-1", Client("SCRAM-SHA-1", "a=2Cb=3Dc", "pw"))).Account?.Local, Is.EqualTo("a,b=c"));
    }

    [Test]
    public async Task Client_that_says_it_saw_no_binding_where_there_was_one_has_been_lied_to()
    {
        var sasl = new SaslFixture();

        Assert.That((await sasl.ScramAsync("SCRAM-SHA-1", Client("SCRAM-SHA-1", gs2: "y,,"), SaslFixture.Bindings)).Error?.Condition, Is.EqualTo("not-authorized"));
        Assert.That((await sasl.ScramAsync("SCRAM-SHA-1", Client("SCRAM-SHA-1", gs2: "y,,"))).Account, Is.EqualTo(Juliet), "without one it is right");
        Assert.That((await sasl.ScramAsync("SCRAM-SHA-1", Client("SCRAM-SHA-1", gs2: "n,,"), SaslFixture.Bindings)).Account, Is.EqualTo(Juliet), "it may not be able to");
    }

    [TestCase("SCRAM-SHA-1", "p=tls-exporter,,")]
    [TestCase("SCRAM-SHA-1-PLUS", "n,,")]
    [TestCase("SCRAM-SHA-1-PLUS", "y,,")]
    [TestCase("SCRAM-SHA-1-PLUS", "p=tls-unique,,")]
    public async Task Binding_that_does_not_fit_is_malformed(string mechanism, string gs2) =>
        Assert.That((await new SaslFixture().ScramAsync(mechanism, Client("SCRAM-SHA-1", gs2: gs2), SaslFixture.Bindings)).Error?.Condition, Is.EqualTo("malformed-request"));

    [Test]
    public async Task Binding_to_another_channel_is_not_authorized()
    {
        var client = Client("SCRAM-SHA-1", gs2: "p=tls-exporter,,", data: [9, 9, 9]);

        Assert.That((await new SaslFixture().ScramAsync("SCRAM-SHA-1-PLUS", client, SaslFixture.Bindings)).Error, Is.EqualTo(SaslFailure.NotAuthorized));
    }

    [Test]
    public async Task Nonce_of_another_exchange_is_not_authorized()
    {
        var client = new ScramClient(SaslFixture.HashOf("SCRAM-SHA-1"), "juliet", SaslFixture.Password) { ForgedNonce = "replayed" };

        Assert.That((await new SaslFixture().ScramAsync("SCRAM-SHA-1", client)).Error, Is.EqualTo(SaslFailure.NotAuthorized));
    }

    [TestCase("a=juliet@capulet.example", null)]
    [TestCase("a=Juliet@Capulet.Example", null)]
    [TestCase("a=romeo@capulet.example", "invalid-authzid")]
    [TestCase("a=juliet@montague.example", "invalid-authzid")]
    [TestCase("a=juliet@capulet.example/balcony", "invalid-authzid")]
    [TestCase("a=juliet", "invalid-authzid")]
    public async Task Authorization_identity_can_only_be_ones_own(string authzid, string? condition)
    {
        var step = await new SaslFixture().ScramAsync("SCRAM-SHA-1", Client("SCRAM-SHA-1", gs2: $"n,{authzid},"));

        Assert.That(step.Error?.Condition, Is.EqualTo(condition));
        Assert.That(step.Account is null, Is.EqualTo(condition is not null));
    }

    [TestCase("n,")]
    [TestCase("n,,")]
    [TestCase("x,,n=juliet,r=abc")]
    [TestCase("p=,,n=juliet,r=abc")]
    [TestCase("n,juliet,n=juliet,r=abc")]
    [TestCase("n,,n=,r=abc")]
    [TestCase("n,,n=juliet,r=")]
    [TestCase("n,,n=juliet,r=a b")]
    [TestCase("n,,r=abc,n=juliet")]
    [TestCase("n,,m=ext,n=juliet,r=abc")]
    [TestCase("n,,n=jul=2Diet,r=abc")]
    [TestCase("n,,n=juliet=,r=abc")]
    [TestCase("n,,n=juliet=2,r=abc")]
    public async Task Broken_first_message_is_malformed(string message) =>
        Assert.That((await new SaslFixture().StepAsync("SCRAM-SHA-1", message)).Error?.Condition, Is.EqualTo("malformed-request"));

    [TestCase("")]
    [TestCase("c=biws,r=abc")]
    [TestCase("r=abc,c=biws,p=AAAA")]
    [TestCase("c=bi ws,r=abc,p=AAAA")]
    [TestCase("c=biws,r=abc,p=A")]
    public async Task Broken_final_message_is_malformed(string message)
    {
        var negotiation = new SaslFixture().Start("SCRAM-SHA-1");
        await negotiation.StepAsync("n,,n=juliet,r=abc"u8.ToArray(), default);

        Assert.That((await negotiation.StepAsync(Encoding.UTF8.GetBytes(message), default)).Error?.Condition, Is.EqualTo("malformed-request"));
    }

    [Test]
    public async Task Proof_of_another_length_is_not_authorized()
    {
        var negotiation = new SaslFixture().Start("SCRAM-SHA-1");
        var challenge = await negotiation.StepAsync("n,,n=juliet,r=abc"u8.ToArray(), default);
        var nonce = Encoding.UTF8.GetString(challenge.Data!).Split(',')[0];

        Assert.That((await negotiation.StepAsync(Encoding.UTF8.GetBytes($"c=biws,{nonce},p=AAAA"), default)).Error, Is.EqualTo(SaslFailure.NotAuthorized));
    }

    [Test]
    public async Task What_is_not_utf8_is_malformed() =>
        Assert.That((await new SaslFixture().Start("SCRAM-SHA-1").StepAsync(new byte[] { (byte)'n', 0xFF }, default)).Error?.Condition, Is.EqualTo("malformed-request"));

    [Test]
    public async Task First_message_may_come_late_once()
    {
        var negotiation = new SaslFixture().Start("SCRAM-SHA-1");

        Assert.That((await negotiation.StepAsync(default, default)).Data, Is.Empty);
        Assert.That((await negotiation.StepAsync(default, default)).Error?.Condition, Is.EqualTo("malformed-request"));
    }

    [Test]
    public void Keys_are_made_for_every_hash_with_salts_of_their_own()
    {
        var keys = ScramKeys.DeriveAll("secret", 4096)!;

        Assert.That(keys.Select(k => k.Mechanism), Is.EquivalentTo(new[] { "SCRAM-SHA-1", "SCRAM-SHA-256", "SCRAM-SHA-512" }));
        Assert.That(keys.Select(k => Convert.ToHexString(k.Salt)).Distinct().Count(), Is.EqualTo(3));
        Assert.That(ScramKeys.DeriveAll("", 4096), Is.Null);
        Assert.That(ScramKeys.DeriveAll("bell\u0007", 4096), Is.Null);
    }

    private static ScramClient Client(string mechanism, string name = "juliet", string password = SaslFixture.Password, string gs2 = "n,,", byte[]? data = null) =>
        new(SaslFixture.HashOf(mechanism), name, password) { Gs2 = gs2, BindingData = data ?? [] };
}
