using System.Buffers;
using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;

namespace XmppHost.Plugins.ClamAv;

/// <summary>Asks clamd about a file, over a connection of its own, with the command INSTREAM: chunks, each after its length in four bytes, and an empty one at the end.</summary>
/// <param name="address">Where it listens.</param>
/// <param name="timeout">How long it may take to accept, to take a chunk, or to answer.</param>
internal sealed class Clamd(ClamdAddress address, TimeSpan timeout, TimeProvider clock)
{
    private const int ChunkSize = 64 * 1024;
    private const int MaxReply = 4096;

    /// <summary>Whatever is wrong with clamd is a result; an exception is about <paramref name="content"/>, or <paramref name="ct"/>.</summary>
    internal async Task<ScanResult> ScanAsync(Stream content, CancellationToken ct)
    {
        using var silence = new CancellationTokenSource(timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, silence.Token);
        try
        {
            await using var stream = new NetworkStream(await address.ConnectAsync(either.Token).ConfigureAwait(false), ownsSocket: true);
            // Read beside: over its limit clamd answers and closes before it has everything.
            var reply = ReadAsync(stream, either.Token);
            await SendAsync(stream, content, reply, silence, either.Token).ConfigureAwait(false);
            silence.CancelAfter(timeout);
            return ScanResult.Parse(await reply.ConfigureAwait(false));
        }
        catch (SocketException e)
        {
            return new ScanResult(ScanOutcome.Unavailable, $"{address}: {e.Message}");
        }
        catch (OperationCanceledException) when (silence.IsCancellationRequested && !ct.IsCancellationRequested)
        {
            return new ScanResult(ScanOutcome.Unavailable, $"{address} was silent for {timeout.TotalSeconds:0} s");
        }
    }

    private async Task SendAsync(NetworkStream stream, Stream content, Task reply, CancellationTokenSource silence, CancellationToken ct)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(ChunkSize + 4);
        try
        {
            if (!await TryWriteAsync(stream, "zINSTREAM\0"u8.ToArray(), ct).ConfigureAwait(false)) return;
            int read;
            do
            {
                // The time that the file takes is not clamd's.
                silence.CancelAfter(Timeout.InfiniteTimeSpan);
                read = await content.ReadAsync(buffer.AsMemory(4, ChunkSize), ct).ConfigureAwait(false);
                silence.CancelAfter(timeout);
                BinaryPrimitives.WriteInt32BigEndian(buffer, read);
            }
            while (!reply.IsCompleted && await TryWriteAsync(stream, buffer.AsMemory(0, read + 4), ct).ConfigureAwait(false) && read > 0);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static async Task<bool> TryWriteAsync(NetworkStream stream, ReadOnlyMemory<byte> bytes, CancellationToken ct)
    {
        try
        {
            await stream.WriteAsync(bytes, ct).ConfigureAwait(false);
            return true;
        }
        catch (IOException)
        {
            // Closed: it has said why, or has gone.
            return false;
        }
    }

    private static async Task<string> ReadAsync(NetworkStream stream, CancellationToken ct)
    {
        var reply = new byte[MaxReply];
        var length = 0;
        try
        {
            while (length < MaxReply && !reply.AsSpan(0, length).Contains((byte)0) && await stream.ReadAsync(reply.AsMemory(length), ct).ConfigureAwait(false) is > 0 and var read) length += read;
        }
        catch (IOException)
        {
            // What came before is the answer.
        }

        return Encoding.UTF8.GetString(reply, 0, length).TrimEnd('\0', '\n');
    }
}
