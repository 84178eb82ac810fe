using XmppHost.Plugins.FileStore;
using XmppHost.Plugins.FileStore.Disk;
using XmppHost.Testing;

namespace XmppHost.Plugins.Tests.FileStore;

public sealed class DepotTests
{
    private const int Rounds = 300;
    private const int Files = 4;

    [Test]
    public async Task Files_that_come_at_once_into_a_new_folder_are_all_there()
    {
        using var folder = new TempFolder("depot");
        var depot = new FileDepot(folder.Path, new FileStoreOptions());
        await depot.StartAsync(CancellationToken.None);
        string[] keys = [.. Enumerable.Range(0, Files).Select(i => "aa" + new string((char)('0' + i), 62))];
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var key in keys) await HoldAsync(depot, key);
            using var barrier = new Barrier(Files);
            await Task.WhenAll(keys.Select(key => Task.Factory.StartNew(() =>
            {
                barrier.SignalAndWait();
                depot.Release(key);
            }, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)));
            foreach (var key in keys)
            {
                Assert.That(depot.IsHeld(key), Is.False);
                using var file = depot.Open(key);
                Assert.That(file, Is.Not.Null);
            }

            Directory.Delete(folder["aa"], recursive: true);
        }
    }

    private static async Task HoldAsync(FileDepot depot, string key)
    {
        using var draft = depot.Create(0);
        await draft.CompleteAsync(new FileFacts("a/b", null));
        Assert.That(depot.TryHold(draft, key), Is.True);
    }
}
