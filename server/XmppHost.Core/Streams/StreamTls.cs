using System.Buffers;
using System.IO.Pipelines;
using System.Net.Security;
using XmppHost.Core.Streams.Sasl;

namespace XmppHost.Core.Streams;

/// <summary>TLS on a connection, and the pipes inside it.</summary>
internal sealed class StreamTls : IAsyncDisposable
{
    private static readonly StreamPipeReaderOptions ReaderOptions = new(bufferSize: 4096, minimumReadSize: 1024, leaveOpen: true, useZeroByteReads: true);
    private static readonly StreamPipeWriterOptions WriterOptions = new(minimumBufferSize: 4096, leaveOpen: true);

    private StreamTls(SslStream ssl, ChannelBindings bindings)
    {
        Ssl = ssl;
        Bindings = bindings;
        Input = PipeReader.Create(ssl, ReaderOptions);
        Output = PipeWriter.Create(ssl, WriterOptions);
    }

    internal SslStream Ssl { get; }

    internal ChannelBindings Bindings { get; }

    internal PipeReader Input { get; }

    internal PipeWriter Output { get; }

    internal static async Task<StreamTls> AcceptAsync(IDuplexPipe transport, ITlsContexts contexts, string? host, bool direct, TimeSpan timeout, CancellationToken ct)
    {
        var ssl = new SslStream(new DuplexPipeStream(transport), leaveInnerStreamOpen: true);
        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
            limit.CancelAfter(timeout);
            if (!direct) await SkipWhiteSpaceAsync(transport.Input, limit.Token).ConfigureAwait(false);
            await ssl.AuthenticateAsServerAsync(
                (_, hello, _, _) => ValueTask.FromResult(contexts.Select(hello.ServerName, host, direct)), null, limit.Token).ConfigureAwait(false);
            return new StreamTls(ssl, await contexts.SecuredAsync(ssl).ConfigureAwait(false));
        }
        catch
        {
            await ssl.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    // COMPAT: go-xmpp ends <starttls/> with a line break. Anything else before the ClientHello still fails the handshake.
    private static async ValueTask SkipWhiteSpaceAsync(PipeReader input, CancellationToken ct)
    {
        while (true)
        {
            var read = await input.ReadAsync(ct).ConfigureAwait(false);
            var unread = new SequenceReader<byte>(read.Buffer);
            unread.AdvancePastAny((byte)' ', (byte)'\t', (byte)'\r', (byte)'\n');
            input.AdvanceTo(unread.Position);
            if (!unread.End || read.IsCompleted || read.IsCanceled) return;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Input.CompleteAsync().ConfigureAwait(false);
        await Output.CompleteAsync().ConfigureAwait(false);
        await Ssl.DisposeAsync().ConfigureAwait(false);
    }
}
