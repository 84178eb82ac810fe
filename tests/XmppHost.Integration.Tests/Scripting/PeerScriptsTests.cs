using XmppHost.Scripting;
using XmppHost.Testing.Services;

namespace XmppHost.Integration.Tests.Scripting;

/// <summary>The scripts describe the protocol, not one server: each of these passes against prosody.</summary>
[TestFixture]
public sealed class PeerScriptsTests
{
    private ProsodyServer _prosody = null!;

    private static IEnumerable<TestCaseData> Scripts() => ScriptFiles.All("rfc6120", "rfc6121", "xep-0030", "xep-0092", "xep-0198", "xep-0199", "xep-0363");

    [OneTimeSetUp]
    public async Task StartProsody() => _prosody = await ProsodyServer.StartAsync(new ProsodyOptions { Upload = true });

    [OneTimeTearDown]
    public async Task StopProsody() => await _prosody.DisposeAsync();

    [TestCaseSource(nameof(Scripts))]
    public async Task Prosody_passes(string file)
    {
        var options = new ScriptRunnerOptions { CertificateValidation = _prosody.Client("any@localhost").CertificateValidation };

        var result = await new ScriptRunner(_prosody.Transport, options).RunAsync(ScriptParser.ParseFile(file));

        Assert.That(result.Passed, Is.True, result.Report);
    }

    [TestCaseSource(nameof(Scripts))]
    public void Script_says_what_it_proves(string file)
    {
        var script = ScriptParser.ParseFile(file);

        Assert.That(script.Title, Is.Not.Empty);
        Assert.That(script.Proves, Is.Not.Empty.And.All.Matches(@"^(RFC|XEP-)[ ]?\d+( [\d.]+)?$"));
    }
}
