using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging.Abstractions;
using XmppHost.Storage;
using XmppHost.Storage.Sql;
using XmppHost.Testing;

namespace XmppHost.Integration.Tests.Uploads;

/// <summary>The real server killed while files arrive, again and again: what is served is whole, what was confirmed is served, and the ledger says what the disk has.</summary>
public sealed class UploadChaosTests
{
    private const int Rounds = 3;
    private const int Workers = 8;

    private readonly ConcurrentDictionary<string, SignedUpload> _confirmed = new();
    private readonly ConcurrentDictionary<string, SignedUpload> _unconfirmed = new();
    private ServerProcess _server = null!;

    [SetUp]
    public async Task Start() => _server = await ServerProcess.StartAsync(new ServerProcessOptions { Config = SignedUpload.Config });

    [TearDown]
    public async Task Stop() => await _server.DisposeAsync();

    [Test]
    public async Task Kill_during_uploads_leaves_no_part_of_a_file_and_disk_and_ledger_agree()
    {
        for (var round = 0; round < Rounds; round++)
        {
            await UploadUntilKilledAsync();
            await _server.RunAsync();
            foreach (var upload in _confirmed.Values) await AssertServedAsync(upload);
            foreach (var upload in _unconfirmed.Values.ToArray()) await RepeatAsync(upload);
        }

        Assert.That(_confirmed, Has.Count.GreaterThan(Rounds * Workers));
        await AssertLedgerAgreesAsync();
    }

    private async Task UploadUntilKilledAsync()
    {
        // Slots of our own and of another server.
        await using var client = await UploadClient.LoginAsync(_server, "localhost");
        var slots = new ConcurrentQueue<SignedUpload>();
        for (var i = 0; i < 20; i++) slots.Enqueue(await SignedUpload.OfSlotAsync(client, _server.HttpPort));
        var before = _confirmed.Count;
        var isKilled = false;
        var workers = Enumerable.Range(0, Workers).Select(async i =>
        {
            while (!Volatile.Read(ref isKilled))
            {
                var upload = i % 2 == 0 && slots.TryDequeue(out var slot) ? slot : SignedUpload.OfAnotherServer(_server.HttpPort);
                _unconfirmed[upload.Key] = upload;
                if (!await TryPutAsync(upload)) continue;
                _confirmed[upload.Key] = upload;
                _unconfirmed.TryRemove(upload.Key, out _);
            }
        }).ToArray();
        while (_confirmed.Count < before + 12) await Task.Delay(5);
        await _server.KillAsync();
        Volatile.Write(ref isKilled, true);
        await Task.WhenAll(workers);
    }

    // What the answer was lost of is there, whole, or can be repeated.
    private async Task RepeatAsync(SignedUpload upload)
    {
        if (await UploadClient.StatusAsync(upload.Get) == HttpStatusCode.NotFound) Assert.That(await upload.PutAsync(), Is.EqualTo(HttpStatusCode.Created), upload.Key);
        await AssertServedAsync(upload);
        _confirmed[upload.Key] = upload;
        _unconfirmed.TryRemove(upload.Key, out _);
    }

    private async Task AssertLedgerAgreesAsync()
    {
        Assert.That(await _server.TerminateAsync(), Is.Zero);
        var files = Path.Combine(_server.DataFolder, "hosts", "localhost", "FileStore", "files");
        Assert.That(Directory.GetFiles(Path.Combine(files, "tmp")), Is.Empty);
        Assert.That(Directory.GetFiles(Path.Combine(files, "held")), Is.Empty);

        await using var storage = SqlStorage.Create(new StorageOptions(), _server.DataFolder, TimeProvider.System, NullLoggerFactory.Instance);
        await storage.OpenAsync(CancellationToken.None);
        var stored = (await storage.Uploads.ListAsync(new UploadQuery("localhost") { States = [UploadState.Stored] }, CancellationToken.None)).Select(e => e.Key).ToArray();
        Assert.That(stored, Is.EquivalentTo(_confirmed.Keys));
        Assert.That(
            Directory.GetFiles(files, "*", SearchOption.AllDirectories).Select(Path.GetFileName),
            Is.EquivalentTo(stored.Select(key => Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(key))))));
    }

    private static async Task AssertServedAsync(SignedUpload upload)
    {
        var (status, content) = await UploadClient.GetAsync(upload.Get);
        Assert.That(status, Is.EqualTo(HttpStatusCode.OK), upload.Key);
        Assert.That(content.AsSpan().SequenceEqual(upload.Content), Is.True, upload.Key);
    }

    private static async Task<bool> TryPutAsync(SignedUpload upload)
    {
        try
        {
            return await upload.PutAsync() == HttpStatusCode.Created;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
