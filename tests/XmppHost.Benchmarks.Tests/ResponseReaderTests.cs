using System.Text;
using XmppHost.Benchmarks.Load.Http;

namespace XmppHost.Benchmarks.Tests;

internal sealed class ResponseReaderTests
{
    private static readonly UploadPlace Place = UploadPlace.Of("http://files.example/a%20b.jpg?v=1", "http://files.example/a%20b.jpg", []);

    [Test]
    public void Target_is_sent_as_it_was_written_with_the_headers_of_the_slot()
    {
        var place = UploadPlace.Of("https://files.example:5281/tr%c3%A8s+x/%2e.jpg?v=a%20b", "https://cdn.example/x", [("Authorization", "Bearer abc")]);
        var head = Encoding.ASCII.GetString(HttpExchange.Put(place, 0, 17).Head);
        Assert.That(head, Does.StartWith("PUT /tr%c3%A8s+x/%2e.jpg?v=a%20b HTTP/1.1\r\nHost: files.example:5281\r\n"));
        Assert.That(head, Does.Contain("\r\nContent-Length: 17\r\n").And.Contain("\r\nAuthorization: Bearer abc\r\n").And.EndsWith("\r\n\r\n"));
    }

    [TestCase(1)]
    [TestCase(7)]
    [TestCase(100_000)]
    public void Answer_in_pieces_is_compared_as_a_whole(int piece)
    {
        var reader = Begin(HttpExchange.Get(Place, 3, 50_000));
        Feed(reader, Answer(50_000, Content(3, 50_000)), piece);
        Assert.That(reader.IsComplete);
        Assert.That(reader.Problem, Is.Null);
        Assert.That(reader.KeepsAlive);
    }

    [Test]
    public void Other_files_content_is_not_taken_for_this_ones()
    {
        var reader = Begin(HttpExchange.Get(Place, 3, 50_000));
        Feed(reader, Answer(50_000, Content(4, 50_000)), 100_000);
        Assert.That(reader.Problem, Does.Contain("other content"));
    }

    [Test]
    public void Last_byte_counts()
    {
        var content = Content(3, 300_000);
        content[^1] ^= 1;
        var reader = Begin(HttpExchange.Get(Place, 3, 300_000));
        Feed(reader, Answer(300_000, content), 70_000);
        Assert.That(reader.Problem, Does.Contain("other content"));
    }

    [Test]
    public void Short_answer_is_a_problem()
    {
        var reader = Begin(HttpExchange.Get(Place, 3, 1000));
        Feed(reader, Answer(999, Content(3, 999)), 100_000);
        Assert.That(reader.Problem, Does.Contain("999 bytes instead of 1000"));
    }

    [Test]
    public void Interim_answers_are_passed_over()
    {
        var reader = Begin(HttpExchange.Put(Place, 0, 10));
        Feed(reader, "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n"u8.ToArray(), 5);
        Assert.That((reader.IsComplete, reader.Problem), Is.EqualTo((true, (string?)null)));
    }

    [TestCase(403)]
    [TestCase(500)]
    public void Refusal_is_a_problem(int status)
    {
        var reader = Begin(HttpExchange.Put(Place, 0, 10));
        Feed(reader, Encoding.ASCII.GetBytes($"HTTP/1.1 {status} No\r\nconnection: Close\r\ncontent-length: 2\r\n\r\nno"), 100);
        Assert.That(reader.Problem, Does.Contain($"status {status}"));
        Assert.That(reader.KeepsAlive, Is.False);
    }

    private static ResponseReader Begin(HttpExchange exchange)
    {
        var reader = new ResponseReader();
        reader.Begin(exchange);
        return reader;
    }

    private static void Feed(ResponseReader reader, byte[] bytes, int piece)
    {
        foreach (var part in bytes.Chunk(piece)) reader.Take(part);
    }

    private static byte[] Answer(int length, byte[] content) => [.. Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Length: {length}\r\n\r\n"), .. content];

    private static byte[] Content(int file, int size)
    {
        var content = new byte[size];
        for (var at = 0; at < size;)
        {
            var part = FilePattern.At(file, at, size - at);
            part.CopyTo(content.AsSpan(at));
            at += part.Length;
        }

        return content;
    }
}
