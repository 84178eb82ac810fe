using XmppHost.Plugins.HttpUpload;
using XmppHost.Plugins.HttpUpload.Backends;
using XmppHost.Plugins.HttpUpload.Check;
using XmppHost.Plugins.Tests.Support;
using XmppHost.Storage;

namespace XmppHost.Plugins.Tests.HttpUpload;

/// <summary>One run of <c>upload check</c>, and what it has found.</summary>
internal sealed record CheckRun(IReadOnlyList<CheckStep> Steps)
{
    internal IEnumerable<string> Failed => Steps.Where(s => s.Result == CheckResult.Failed).Select(s => s.Name);

    internal IEnumerable<string> Warned => Steps.Where(s => s.Result == CheckResult.Warning).Select(s => s.Name);

    internal string this[string step] => Steps.Single(s => s.Name == step).Text;

    internal static async Task<CheckRun> OfS3Async(S3Options options, TimeProvider? time = null)
    {
        using var side = new S3Side(options, time: time);
        return await RunAsync(new HttpUploadOptions { Backend = UploadBackendKind.S3, S3 = options }, side.Backend, side.Access, time);
    }

    internal static Task<CheckRun> OfExternalAsync(ExternalOptions external, IUploadBackend backend) =>
        RunAsync(new HttpUploadOptions { Backend = UploadBackendKind.External, External = external }, backend, null, null);

    internal static Task<CheckRun> OfEmbeddedAsync(IUploadBackend backend, IUploadLedger ledger) => RunAsync(new HttpUploadOptions(), backend, null, null, ledger);

    public override string ToString() => string.Join('\n', Steps);

    private static async Task<CheckRun> RunAsync(HttpUploadOptions options, IUploadBackend backend, S3Access? access, TimeProvider? time, IUploadLedger? ledger = null)
    {
        var checks = new UploadChecks(options, backend, ledger!, new FakeVHost("example.org") { PublicUrl = new Uri("https://example.org:5281/") }, time ?? TimeProvider.System, () => access!);
        var run = new CheckRun(await checks.Create().RunAsync(CancellationToken.None));
        TestContext.Out.WriteLine($"{checks.Subject}\n{run}");
        return run;
    }
}
