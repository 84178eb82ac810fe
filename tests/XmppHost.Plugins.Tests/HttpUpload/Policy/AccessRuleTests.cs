namespace XmppHost.Plugins.Tests.HttpUpload.Policy;

public sealed class AccessRuleTests
{
    private const string Request = "<request xmlns='urn:xmpp:http:upload:0' filename='a' size='1'/>";

    [TestCase("local", "romeo@example.org/x", true, false, true)]
    [TestCase("local", "4f2d@example.org/x", true, true, false)]
    [TestCase("anonymous", "4f2d@example.org/x", true, true, true)]
    [TestCase("anonymous", "romeo@example.net/x", false, false, false)]
    [TestCase("remote", "romeo@example.net/x", false, false, true)]
    [TestCase("remote", "4f2d@example.org/x", true, true, false)]
    [TestCase("components", "irc.example.org/x", false, false, true)]
    [TestCase("components", "user@irc.example.org/x", false, false, true)]
    [TestCase("components", "user@irc.example.net/x", false, false, false)]
    [TestCase("components", "notexample.org", false, false, false)]
    [TestCase("*.example.com", "user@gateway.example.com/x", false, false, true)]
    [TestCase("*.example.com", "user@example.com/x", false, false, false)]
    [TestCase("example.com", "user@example.com/x", false, false, true)]
    [TestCase("example.com", "user@gateway.example.com/x", false, false, false)]
    [TestCase("example.org", "4f2d@example.org/x", true, true, true)]
    [TestCase("juliet@example.com", "juliet@example.com/x", false, false, true)]
    [TestCase("juliet@example.com", "romeo@example.com/x", false, false, false)]
    public async Task Rule_lets_in_whom_it_names(string who, string from, bool isLocal, bool isAnonymous, bool allowed)
    {
        using var server = new UploadServer($"rules:0:who:0={who}");
        Assert.That(await server.AskAsync(Request, from: from, isLocal: isLocal, isAnonymous: isAnonymous), Does.StartWith(allowed ? "<slot " : "<error type='auth'><forbidden "));
    }

    [Test]
    public async Task First_rule_that_names_somebody_decides()
    {
        using var server = new UploadServer("rules:0:who:0=romeo@example.org", "rules:0:allow=false", "rules:1:who:0=example.net", "rules:1:who:1=example.com", "rules:2:who:0=mallory@example.net", "rules:2:allow=false");
        Assert.Multiple(async () =>
        {
            Assert.That(await server.AskAsync(Request), Does.StartWith("<error type='auth'>"));
            Assert.That(await server.AskAsync(Request, from: "juliet@example.org/x"), Does.StartWith("<slot "));
            Assert.That(await server.AskAsync(Request, from: "mallory@example.net/x", isLocal: false), Does.StartWith("<slot "));
            Assert.That(await server.AskAsync(Request, from: "x@example.com/x", isLocal: false), Does.StartWith("<slot "));
        });
    }

    [Test]
    public async Task Rule_that_refuses_comes_before_the_list_of_others()
    {
        using var server = new UploadServer("access:0=example.net", "rules:0:who:0=mallory@example.net", "rules:0:allow=false");
        Assert.That(await server.AskAsync(Request, from: "mallory@example.net/x", isLocal: false), Does.StartWith("<error type='auth'>"));
        Assert.That(await server.AskAsync(Request, from: "romeo@example.net/x", isLocal: false), Does.StartWith("<slot "));
    }

    [TestCase("romeo@example.org/x", 2000, 1040)]
    [TestCase("juliet@example.org/x", 5016, null)]
    [TestCase("juliet@example.org/x", 5017, 5016)]
    [TestCase("nurse@example.org/x", 17592186044416, null)]
    public async Task Rule_has_its_own_size_limit(string from, long size, long? limit)
    {
        using var server = new UploadServer("maxFileSize=1 KiB", "rules:0:who:0=juliet@example.org", "rules:0:maxFileSize=5000", "rules:1:who:0=nurse@example.org", "rules:1:maxFileSize=unlimited");
        var answer = await server.AskAsync($"<request xmlns='urn:xmpp:http:upload:0' filename='a' size='{size}'/>", from: from);
        Assert.That(answer, limit is null ? Does.StartWith("<slot ") : Does.Contain($"<max-file-size>{limit}</max-file-size>"));
    }

    [TestCase("image/png", true)]
    [TestCase("image/svg+xml", false)]
    [TestCase("IMAGE/SVG+XML; charset=utf-8", false)]
    [TestCase("application/x-msdownload", false)]
    [TestCase("text/plain", true)]
    [TestCase(null, false)]
    public async Task Denied_types_are_refused_also_among_the_allowed(string? type, bool allowed)
    {
        using var server = new UploadServer("allowedTypes:0=image/*", "allowedTypes:1=text/plain", "deniedTypes:0=image/svg+xml", "deniedTypes:1=application/*");
        using var denying = new UploadServer("deniedTypes:0=image/svg+xml", "deniedTypes:1=application/*");
        foreach (var answer in new[] { await server.AskForSlotAsync(type: type), await denying.AskForSlotAsync(type: type) })
            Assert.That(answer, allowed ? Does.StartWith("<slot ") : Does.Match("^<error type='modify'><not-acceptable xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/><text [^/]+</text></error>$"));
    }

    [TestCase("rules.0.who: 'a@b/c' is not a bare JID, a domain, *.domain, local, anonymous, components or remote", "rules:0:who:0=a@b/c")]
    [TestCase("rules.0.who: is required", "rules:0:allow=false")]
    [TestCase("rules.0.maxFileSize: is at least 1 byte", "rules:0:who:0=local", "rules:0:maxFileSize=0")]
    [TestCase("rules.0.slotsPerMinute: is -1", "rules:0:who:0=local", "rules:0:slotsPerMinute=-1")]
    [TestCase("rules.0.sise: unknown option", "rules:0:who:0=local", "rules:0:sise=1")]
    [TestCase("slotsPerMinute: is 0", "slotsPerMinute=0")]
    [TestCase("bytesPerDay: is at least 1 byte", "bytesPerDay=0")]
    public void Wrong_rule_is_told_with_its_path(string problem, params string[] options)
    {
        using var server = new UploadServer(options);
        Assert.That(server.Problems, Has.Some.StartWith($"hosts.example.org.plugins.HttpUpload.{problem}"));
    }
}
