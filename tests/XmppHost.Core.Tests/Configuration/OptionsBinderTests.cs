using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;
using XmppHost.Plugins;
using RangeAttribute = System.ComponentModel.DataAnnotations.RangeAttribute;

namespace XmppHost.Core.Tests.Configuration;

public sealed class OptionsBinderTests
{
    private readonly List<string> _problems = [];
    private readonly List<BoundOption> _bound = [];
    private string _folder = null!;

    public enum Backend { S3, External, FileStore }

    public sealed record S3Options(Uri BucketUrl, [RegularExpression("[a-z0-9-]+")] string Region, Secret SecretAccessKey, bool PathStyle = false);

    public sealed record UploadOptions(Backend Backend, [Range(1, 5)] int Retries = 3, S3Options? S3 = null, IReadOnlyList<string>? Types = null)
    {
        [Range(typeof(ByteSize), "1 KiB", "1 GiB")]
        public ByteSize MaxFileSize { get; init; } = new(100 << 20);

        [Range(typeof(TimeSpan), "1 s", "1 h")]
        public TimeSpan Ttl { get; init; } = TimeSpan.FromMinutes(5);

        public Limits Limits { get; init; } = new(7);

        public IReadOnlyDictionary<string, int> Quotas { get; init; } = new Dictionary<string, int>();
    }

    public sealed record Limits(int PerDay, int PerHour = 2);

    public sealed record Pair(int Low, int High) : IValidatedOptions
    {
        public IEnumerable<(string Option, string Problem)> Validate()
        {
            if (Low > High) yield return ("low", "is above high");
        }
    }

    public sealed record Pairs(IReadOnlyList<Pair> Items);

    public sealed record Thrower(int Value)
    {
        public int Checked { get; } = Value > 0 ? Value : throw new ArgumentException("value must be positive");
    }

    [SetUp]
    public void MakeFolder()
    {
        _folder = Directory.CreateTempSubdirectory("xmpphost-options").FullName;
        _problems.Clear();
        _bound.Clear();
    }

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, true);

    [Test]
    public void Nothing_set_gives_the_defaults_of_constructor_and_initializers()
    {
        var options = Bind<UploadOptions>(("backend", "fileStore"));

        Assert.That(_problems, Is.Empty);
        Assert.That(options.Backend, Is.EqualTo(Backend.FileStore));
        Assert.That(options.Retries, Is.EqualTo(3));
        Assert.That(options.S3, Is.Null);
        Assert.That(options.Types, Is.Null);
        Assert.That(options.MaxFileSize, Is.EqualTo(new ByteSize(104857600)));
        Assert.That(options.Limits, Is.EqualTo(new Limits(7)));
    }

    [Test]
    public void Every_kind_of_value_is_read()
    {
        File.WriteAllText(Path.Combine(_folder, "key"), "s3cret\r\n");
        var options = Bind<UploadOptions>(
            ("backend", "s3"), ("retries", "5"), ("maxFileSize", "2 MiB"), ("ttl", "1 min 30 s"), ("types:0", "image/png"), ("types:1", "text/plain"),
            ("s3:bucketUrl", "https://s3.example/bucket"), ("s3:region", "eu-west-1"), ("s3:secretAccessKeyFile", "key"), ("s3:pathStyle", "true"),
            ("limits:perHour", "9"), ("quotas:alice", "4"));

        Assert.That(_problems, Is.Empty);
        Assert.That(options.MaxFileSize.Bytes, Is.EqualTo(2097152));
        Assert.That(options.Ttl, Is.EqualTo(TimeSpan.FromSeconds(90)));
        Assert.That(options.Types, Is.EqualTo(new[] { "image/png", "text/plain" }));
        Assert.That(options.S3!.SecretAccessKey.Reveal(), Is.EqualTo("s3cret"));
        Assert.That(options.S3.PathStyle, Is.True);
        Assert.That(options.Limits, Is.EqualTo(new Limits(7, 9)), "the initializer's values hold where config says nothing");
        Assert.That(options.Quotas["alice"], Is.EqualTo(4));
    }

    [Test]
    public void All_problems_are_collected_with_their_paths()
    {
        Bind<UploadOptions>(
            ("backend", "s4"), ("retries", "6"), ("maxFileSize", "2 GiB"), ("ttl", "5"), ("maxFilesize2", "1"), ("s3:region", "EU West"), ("s3:secretAccessKey", "${XMPPHOST_NO_SUCH}"));

        Assert.That(_problems, Is.EquivalentTo(new[]
        {
            "p.maxFilesize2: unknown option; did you mean 'maxFileSize'?",
            "p.backend: 's4' is not one of s3, external, fileStore",
            "p.retries: is 6, but must be from 1 to 5",
            "p.s3.bucketUrl: is required",
            "p.s3.region: 'EU West' does not match [a-z0-9-]+",
            "p.s3.secretAccessKey: the environment variable XMPPHOST_NO_SUCH is not set",
            "p.maxFileSize: is 2 GiB, but must be from 1 KiB to 1 GiB",
            "p.ttl: '5' is not a duration: write 30 s, 5 min, 7 days or 00:05:00",
        }));
    }

    [TestCase("s3", "on", "p.s3: 'on' stands where options in { } are expected")]
    [TestCase("types:first", "x", "p.types: expects a list: write [ ... ]")]
    [TestCase("retries:0", "1", "p.retries: expects one value, not a list or options")]
    [TestCase("retries", "99999999999", "p.retries: 99999999999 is out of range")]
    [TestCase("retries", "two", "p.retries: 'two' is not a whole number")]
    [TestCase("retries", null, "p.retries: expects a value")]
    [TestCase("s3:pathStyle", "yes", "p.s3.pathStyle: 'yes' is neither true nor false")]
    [TestCase("s3:bucketUrl", "/etc", "p.s3.bucketUrl: '/etc' is not an absolute URL")]
    [TestCase("unrelated", "1", "p.unrelated: unknown option; known: backend, retries, s3, types, maxFileSize, ttl, limits, quotas")]
    public void A_value_of_the_wrong_shape_is_told_in_one_line(string key, string? value, string problem)
    {
        Bind<UploadOptions>(("backend", "s3"), (key, value));

        Assert.That(_problems, Has.Member(problem));
    }

    [Test]
    public void Rules_that_span_options_see_only_options_without_problems()
    {
        var pairs = Bind<Pairs>(("items:0:low", "1"), ("items:0:high", "2"), ("items:1:low", "3"), ("items:1:high", "2"), ("items:2:low", "9"), ("items:2:high", "x"));

        Assert.That(pairs.Items, Has.Count.EqualTo(3));
        Assert.That(_problems, Is.EqualTo(new[] { "p.items.1.low: is above high", "p.items.2.high: 'x' is not a whole number" }));
    }

    [Test]
    public void A_constructor_that_throws_is_a_problem_too()
    {
        Assert.That(Bind<Thrower>(("value", "-1")), Is.Not.Null);
        Assert.That(_problems, Is.EqualTo(new[] { "p: value must be positive" }));
    }

    [Test]
    public void An_empty_list_is_a_list_and_one_value_is_a_list_of_one()
    {
        Assert.That(Bind<UploadOptions>(("backend", "s3"), ("types", "")).Types, Is.Empty);
        Assert.That(Bind<UploadOptions>(("backend", "s3"), ("types", "image/png")).Types, Is.EqualTo(new[] { "image/png" }));
        Assert.That(_problems, Is.Empty);
    }

    [Test]
    public void A_secret_is_given_once()
    {
        Bind<S3Options>(("bucketUrl", "https://s3.example/b"), ("region", "r"), ("secretAccessKey", "a"), ("secretAccessKeyFile", "b"));

        Assert.That(_problems, Is.EqualTo(new[] { "p.secretAccessKey: is given twice, as a value and as a file; keep one" }));
    }

    [Test]
    public void A_secret_file_that_is_missing_is_named()
    {
        Bind<S3Options>(("bucketUrl", "https://s3.example/b"), ("region", "r"), ("secretAccessKeyFile", "nowhere/key"));

        Assert.That(_problems, Is.EqualTo(new[] { $"p.secretAccessKeyFile: there is no file {Path.Combine(_folder, "nowhere/key")}" }));
    }

    [Test]
    public void A_secret_is_shown_nowhere()
    {
        var options = Bind<S3Options>(("bucketUrl", "https://s3.example/b"), ("region", "r"), ("secretAccessKey", "hunter2"));

        Assert.That(options.ToString(), Does.Not.Contain("hunter2"));
        Assert.That(_bound.Select(b => b.Text), Has.None.Contains("hunter2").And.Member("***"));
    }

    [Test]
    public void Defaults_are_told_from_what_is_set()
    {
        Bind<UploadOptions>(("backend", "s3"), ("limits:perHour", "9"));

        Assert.That(_bound.Select(b => $"{b.Path} = {b.Text}{(b.IsSet ? " !" : "")}"), Is.EqualTo(new[]
        {
            "p.backend = s3 !", "p.retries = 3", "p.s3 = (not set)", "p.types = (not set)", "p.maxFileSize = 100 MiB", "p.ttl = 5 min", "p.limits.perDay = 7",
            "p.limits.perHour = 9 !", "p.quotas = {}",
        }));
    }

    private T Bind<T>(params (string Key, string? Value)[] settings)
        where T : class
    {
        var root = new ConfigurationBuilder().AddInMemoryCollection(settings.ToDictionary(s => $"p:{s.Key}", s => s.Value)).Build();
        return new OptionsBinder(_folder, _problems, _bound).Bind<T>(root.GetSection("p"), "p");
    }
}
