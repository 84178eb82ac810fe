using XmppHost.Addressing;

namespace XmppHost.Storage.Tests;

[TestFixture(Database.Sqlite)]
[TestFixture(Database.PostgreSql)]
public sealed class LogOrderTests(Database database) : StorageTest(database)
{
    private readonly HashSet<long> _appended = [];
    private LogModel _model = new();

    [SetUp]
    public void EmptyModel()
    {
        _model = new LogModel();
        _appended.Clear();
    }

    // However the calls fall into batches: a third of the seeds waits now and then, so that rows are met in all states.
    [Test]
    public async Task Any_calls_have_the_effect_that_they_have_one_after_another([Range(1, 12)] int seed)
    {
        var random = new Random(seed);
        Jid[] accounts = [Juliet, Romeo, Jid.Parse("nurse@capulet.example")];
        var rows = Enumerable.Range(0, 120).Select(i => Row(accounts[i % 3], $"{seed}/{i}", copy: i % 4 == 0)).ToArray();
        var streams = Enumerable.Range(0, 6).Select(i => Stream(accounts[i % 3])).ToArray();
        foreach (var stream in streams.Take(3)) await SaveAsync(stream);
        for (var i = 0; i < 400; i++)
        {
            var call = Call(random, rows, streams, accounts);
            if (seed % 3 == 0 && random.Next(10) == 0) await call;
        }

        await AssertSameAsync(accounts, streams);
    }

    private Task Call(Random random, LogRow[] rows, StreamRecord[] streams, Jid[] accounts)
    {
        var row = rows[random.Next(rows.Length)];
        var stream = streams[random.Next(streams.Length)];
        var (sequence, count) = ((ulong)random.Next(1000), (uint)random.Next(1000));
        switch (random.Next(100))
        {
            case < 40 when _appended.Add(row.Id):
                var placed = random.Next(2) == 0 ? row : row with { Stream = stream.Key, Sequence = sequence };
                _model.Append(placed);
                _model.SaveHandled(stream.Key, count);
                return Log.Append([placed], stream.Key, count);
            case < 60:
                _model.Remove(row.Id);
                return Log.Remove(row.Id);
            case < 80:
                long? to = random.Next(3) == 0 ? null : stream.Key;
                _model.Assign(row.Id, to, sequence);
                return Log.Assign(row.Id, to, sequence);
            case < 87:
                return SaveAsync(stream with { State = $"{count}" });
            case < 92:
                _model.SaveHandled(stream.Key, count);
                return Log.SaveHandled(stream.Key, count);
            case < 98:
                _model.EndStream(stream.Key);
                return Log.EndStream(stream.Key);
            default:
                var account = accounts[random.Next(accounts.Length)];
                _model.Erase(account);
                return Log.Erase(account);
        }
    }

    private Task SaveAsync(StreamRecord stream)
    {
        _model.SaveStream(stream);
        return Log.SaveStream(stream);
    }

    private async Task AssertSameAsync(Jid[] accounts, StreamRecord[] streams)
    {
        // Rows before streams: loading the streams puts the rows of unsaved ones offline.
        var rows = new List<LogRow>();
        foreach (var account in accounts) rows.AddRange(await Log.ReadOfflineAsync(account, 0, 1000, Ct));
        foreach (var stream in streams) rows.AddRange(await Log.ReadStreamAsync(stream.Key, Ct));
        var loaded = await Log.LoadStreamsAsync(Ct);
        Assert.Multiple(() =>
        {
            Assert.That(rows.OrderBy(row => row.Id).Select(Show), Is.EqualTo(_model.Rows.Select(Show)));
            Assert.That(loaded, Is.EqualTo(_model.Streams));
        });
    }

    private static string Show(LogRow row) => $"{row.Id} {row.Account} {row.Stream} {row.Sequence} {row.Copy} {System.Text.Encoding.UTF8.GetString(row.Stanza.Span)}";
}
