using FsCheck;
using FsCheck.Fluent;
using XmppHost.Plugins.HttpUpload.Backends;
using XmppHost.Plugins.HttpUpload.Redirect;
using XmppHost.Plugins.HttpUpload.Slots;

namespace XmppHost.Plugins.Tests.HttpUpload;

/// <summary>What the redirecting endpoint makes of a request's target, whatever it is.</summary>
public sealed class RedirectPathTests
{
    [Test]
    public void Every_name_that_a_slot_can_have_is_read_back()
    {
        var names = ArbMap.Default.GeneratorFor<NonNull<string>>().Select(s => s.Get).Where(s => FileName.Check(s) == NameProblem.None).Select(FileName.Shorten);
        Prop.ForAll(names.ToArbitrary(), name =>
        {
            foreach (var key in new[] { $"token/{name}", $"profile/a b/token/{name}" })
                Assert.That(RedirectPath.KeyOf(BaseUrl.Append("/download/example.org/", key) + "?x=/y", "example.org"), Is.EqualTo(key));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));
    }

    [Test]
    public void Anything_else_is_no_key_or_a_harmless_one()
    {
        var parts = Gen.Elements("/", "%", "%2", "%2F", "%2e", "..", ".", "%00", "%0a", "%C3", "%ED%A0%80", "\\", "%5c", "?", "#", "a", "download", "example.org", "://", "http", "é", "\u0001", " ");
        var targets = Gen.OneOf(
            ArbMap.Default.GeneratorFor<NonNull<string>>().Select(s => s.Get),
            parts.ListOf().Select(string.Concat),
            parts.ListOf().Select(l => "/download/example.org/" + string.Concat(l)));
        Prop.ForAll(targets.ToArbitrary(), target =>
        {
            if (RedirectPath.KeyOf(target, "example.org") is not { } key) return;
            var segments = key.Split('/');
            Assert.That(segments, Has.Length.GreaterThanOrEqualTo(2));
            Assert.That(segments, Has.None.EqualTo("").And.None.EqualTo(".").And.None.EqualTo(".."));
            Assert.That(key.Any(c => char.IsControl(c) || c == '\\'), Is.False);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(5000));
    }

    [TestCase("http://example.org:5280/download/example.org/t/a", "t/a")]
    [TestCase("/download/EXAMPLE.ORG/t/a", "t/a")]
    [TestCase("/download/example%2Eorg/t/a", "t/a")]
    [TestCase("/download/example.net/t/a", null)]
    [TestCase("/upload/example.org/t/a", null)]
    [TestCase("/download/example.org/t", null)]
    [TestCase("*", null)]
    [TestCase("", null)]
    public void Targets_are_read_as_http_allows_them(string target, string? key) => Assert.That(RedirectPath.KeyOf(target, "example.org"), Is.EqualTo(key));
}
