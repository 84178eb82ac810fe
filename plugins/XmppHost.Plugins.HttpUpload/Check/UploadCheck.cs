using System.Globalization;
using System.Security.Cryptography;
using XmppHost.Plugins.HttpUpload.Backends;
using XmppHost.Plugins.HttpUpload.Slots;
using XmppHost.Storage;

namespace XmppHost.Plugins.HttpUpload.Check;

/// <summary>
/// Goes an upload's whole way with a small file of its own: PUT, look, read, download as anybody, what must be refused, other origins, DELETE. Leaves nothing behind.
/// </summary>
internal sealed class UploadCheck(IUploadBackend backend, CheckFacts facts, IExplanation explanation, string host, TimeProvider time)
{
    // What is mangled when a name is encoded wrongly anywhere on the way.
    private const string Name = "check très+cool 100%.txt";
    private const string ContentType = "text/plain";

    private static readonly TimeSpan SlotLife = TimeSpan.FromMinutes(5);

    private readonly byte[] _content = RandomNumberGenerator.GetBytes(2000);
    private readonly List<CheckStep> _steps = [];
    private readonly List<string> _issued = [];

    /// <summary>In the order of what was done.</summary>
    internal async Task<IReadOnlyList<CheckStep>> RunAsync(CancellationToken ct)
    {
        try
        {
            await TryAsync(ct).ConfigureAwait(false);
        }
        finally
        {
            if (backend.KeepsLedger) await facts.Ledger!.RemoveAsync(host, _issued, CancellationToken.None).ConfigureAwait(false);
        }

        return _steps;
    }

    private async Task TryAsync(CancellationToken ct)
    {
        using var probe = new HttpProbe();
        if (await SlotAsync(ct).ConfigureAwait(false) is not { } slot) return;
        WarnOfPlainHttp(slot);
        var entry = EntryOf(slot);
        if (!await PutAsync(probe, slot, ct).ConfigureAwait(false)) return;
        await LookAsync(entry, ct).ConfigureAwait(false);
        await ReadAsync(entry, ct).ConfigureAwait(false);
        await DownloadAsync(probe, slot, ct).ConfigureAwait(false);
        await RefusalsAsync(probe, ct).ConfigureAwait(false);
        await new CrossOriginCheck(probe, facts, explanation).RunAsync(slot, _steps, ct).ConfigureAwait(false);
        await DeleteAsync(entry, ct).ConfigureAwait(false);
    }

    private async Task<UploadSlot?> SlotAsync(CancellationToken ct)
    {
        try
        {
            return await NewSlotAsync(ContentType, ct).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            _steps.Add(CheckStep.Failed("slot", $"no URL can be signed: {explanation.Of(e, "")}"));
            return null;
        }
    }

    private async Task<UploadSlot> NewSlotAsync(string? type, CancellationToken ct)
    {
        var token = "xmpphost-check-" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
        var slot = await backend.CreateSlotAsync(new FileRequest(token, Name, _content.Length, type), ct).ConfigureAwait(false);
        if (!backend.KeepsLedger) return slot;

        // A store that looks into the ledger takes nothing that is not there.
        _issued.Add(slot.Key);
        await facts.Ledger!.AddAsync(EntryOf(slot) with { SlotEnds = time.GetUtcNow() + SlotLife }, ct).ConfigureAwait(false);
        return slot;
    }

    private void WarnOfPlainHttp(UploadSlot slot)
    {
        foreach (var url in new[] { slot.PutUrl, slot.GetUrl })
        {
            if (!url.StartsWith("http:", StringComparison.Ordinal)) continue;
            _steps.Add(CheckStep.Warning("https", $"{new Uri(url).GetLeftPart(UriPartial.Authority)} is plain http: clients upload and download by https alone"));
            break;
        }
    }

    private async Task<bool> PutAsync(HttpProbe probe, UploadSlot slot, CancellationToken ct)
    {
        var answer = await SendAsync(probe, slot, _content, ContentType, ct).ConfigureAwait(false);
        _steps.Add(answer.IsSuccess
            ? CheckStep.Ok("put", $"a file of {_content.Length} bytes with an unusual name was taken ({answer.Status})")
            : CheckStep.Failed("put", explanation.Of(answer, facts.PutRight)));
        if (answer.NetworkProblem is null && explanation is S3Explanation s3) _steps.Add(s3.ClockProblem(answer) is { } clock ? CheckStep.Failed("clock", clock) : CheckStep.Ok("clock", "agrees with the store's"));
        return answer.IsSuccess;
    }

    private static Task<ProbeAnswer> SendAsync(HttpProbe probe, UploadSlot slot, byte[] content, string type, CancellationToken ct) =>
        probe.SendAsync("PUT", slot.PutUrl, content, ct, [.. slot.PutHeaders, ("Content-Type", type)]);

    private async Task LookAsync(UploadEntry entry, CancellationToken ct)
    {
        try
        {
            _steps.Add(await backend.ExistsAsync(entry, ct).ConfigureAwait(false) switch
            {
                true => CheckStep.Ok("head", "the file is found"),
                false => CheckStep.Failed("head", "the file that was just taken is not found by its name: does something on the way change names?"),
                null when facts.CanLook => CheckStep.Failed("head", $"the keys may not look at files: they need the right {facts.GetRight}. Quotas will count what was never uploaded"),
                null => CheckStep.Skipped("head", "this backend cannot be asked"),
            });
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            _steps.Add(CheckStep.Failed("head", explanation.Of(e, facts.GetRight)));
        }
    }

    private async Task ReadAsync(UploadEntry entry, CancellationToken ct)
    {
        try
        {
            await using var stream = await backend.OpenAsync(entry, ct).ConfigureAwait(false);
            var read = new byte[_content.Length + 1];
            var length = await stream.ReadAtLeastAsync(read, read.Length, throwOnEndOfStream: false, ct).ConfigureAwait(false);
            _steps.Add(read.AsSpan(0, length).SequenceEqual(_content) ? CheckStep.Ok("get", "it reads as it was written") : CheckStep.Failed("get", "it does not read as it was written"));
        }
        catch (NotSupportedException)
        {
            _steps.Add(CheckStep.Skipped("get", "this backend reads files as anybody does"));
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // Only scanners and redirects need it, but they need it.
            _steps.Add(CheckStep.Warning("get", explanation.Of(e, facts.GetRight)));
        }
    }

    private async Task DownloadAsync(HttpProbe probe, UploadSlot slot, CancellationToken ct)
    {
        var url = facts.DownloadUrl is { } of ? await of(slot.Key).ConfigureAwait(false) : slot.GetUrl;
        var answer = await probe.SendAsync("GET", url, null, ct).ConfigureAwait(false);
        if (!answer.IsSuccess) _steps.Add(CheckStep.Failed("download", explanation.OfDownload(answer)));
        else if (!answer.Body.AsSpan().SequenceEqual(_content)) _steps.Add(CheckStep.Failed("download", $"{new Uri(url).GetLeftPart(UriPartial.Authority)} delivers something else than what was uploaded"));
        else if (answer.Header("Content-Type")?.StartsWith(ContentType, StringComparison.OrdinalIgnoreCase) != true) _steps.Add(CheckStep.Warning("download", $"works, but the content type became {answer.Header("Content-Type") ?? "none"}"));
        else _steps.Add(CheckStep.Ok("download", facts.DownloadUrl is null ? "anybody who knows the URL gets the file" : "a signed URL gets the file"));
        await PrivacyAsync(probe, slot, ct).ConfigureAwait(false);
    }

    private async Task PrivacyAsync(HttpProbe probe, UploadSlot slot, CancellationToken ct)
    {
        if (facts.MustBeClosed is { } closed && (await probe.SendAsync("GET", closed(slot.Key), null, ct).ConfigureAwait(false)).IsSuccess)
            _steps.Add(CheckStep.Warning("private", $"anybody may read the bucket, so that getMode: \"redirect\" protects nothing: `xmpphost upload setup {host} --apply` takes the policy away"));
        if (facts.ListUrl is not { } list) return;
        var listed = await probe.SendAsync("GET", list, null, ct).ConfigureAwait(false);
        _steps.Add(listed.IsSuccess && listed.ErrorElement("Name") is not null
            ? CheckStep.Warning("listing", "anybody may list the bucket, and so find every file: take s3:ListBucket out of its policy, or list out of its ACL")
            : CheckStep.Ok("listing", "strangers cannot list the files"));
    }

    private async Task RefusalsAsync(HttpProbe probe, CancellationToken ct)
    {
        await MustBeRefusedAsync("size", "a file that is larger than announced", facts.SizeHelp, await NewSlotAsync(ContentType, ct).ConfigureAwait(false), (s, c) => SendAsync(probe, s, [.. _content, 0], ContentType, c), ct).ConfigureAwait(false);
        if (facts.SignsType)
            await MustBeRefusedAsync("type", "a file of another type than announced", "signed headers are not verified", await NewSlotAsync("image/png", ct).ConfigureAwait(false), (s, c) => SendAsync(probe, s, _content, "text/html", c), ct).ConfigureAwait(false);
        await MustBeRefusedAsync("signature", "a file with a wrong signature", "anybody may write", await NewSlotAsync(ContentType, ct).ConfigureAwait(false), (s, c) => SendAsync(probe, Tampered(s), _content, ContentType, c), ct).ConfigureAwait(false);
    }

    private async Task MustBeRefusedAsync(string name, string what, string help, UploadSlot slot, Func<UploadSlot, CancellationToken, Task<ProbeAnswer>> send, CancellationToken ct)
    {
        var answer = await send(slot, ct).ConfigureAwait(false);
        if (!answer.IsSuccess)
        {
            _steps.Add(answer.Status is >= 400 and < 500 || answer.NetworkProblem is not null
                ? CheckStep.Ok(name, $"{what} is refused ({(answer.Status == 0 ? "connection closed" : answer.Status.ToString(CultureInfo.InvariantCulture))})")
                : CheckStep.Warning(name, $"{what} is not taken, but answered with {answer.Status}"));
            return;
        }

        _steps.Add(CheckStep.Failed(name, $"{what} was taken ({answer.Status}): {help}"));
        await backend.DeleteAsync([EntryOf(slot)], ct).ConfigureAwait(false);
    }

    /// <summary>The last character of the signature, wherever it stands, changed.</summary>
    private static UploadSlot Tampered(UploadSlot slot) => slot.PutHeaders.Count > 0
        ? slot with { PutHeaders = [.. slot.PutHeaders.Select(h => (h.Name, Tampered(h.Value)))] }
        : slot with { PutUrl = Tampered(slot.PutUrl) };

    // Not the last but one near it: the last of base64 has bits without meaning.
    private static string Tampered(string text) => text[..^4] + (text[^4] == '0' ? '1' : '0') + text[^3..];

    private async Task DeleteAsync(UploadEntry entry, CancellationToken ct)
    {
        try
        {
            var gone = await backend.DeleteAsync([entry], ct).ConfigureAwait(false);
            if (gone.Count == 0)
            {
                _steps.Add(backend.CanDelete
                    ? CheckStep.Failed("delete", $"the file could not be deleted: {facts.DeleteHelp}")
                    : CheckStep.Skipped("delete", $"this backend cannot delete: {entry.Key} stays there"));
                return;
            }

            _steps.Add(await backend.ExistsAsync(entry, ct).ConfigureAwait(false) switch
            {
                true => CheckStep.Failed("delete", "the store says that the file is deleted, but it is still there"),
                null when facts.CanLook => CheckStep.Warning("delete", $"works, but the store will not say whether a file is there: the keys need the right {facts.ListRight}, or slots that were never used count as files for ever"),
                _ => CheckStep.Ok("delete", "the file is gone"),
            });
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            _steps.Add(CheckStep.Failed("delete", explanation.Of(e, facts.DeleteRight)));
        }
    }

    private UploadEntry EntryOf(UploadSlot slot)
    {
        var now = time.GetUtcNow();
        return new UploadEntry(host, slot.Key, backend.Name, null, Name, _content.Length, ContentType, "message", now, now, null, UploadState.Issued);
    }
}
