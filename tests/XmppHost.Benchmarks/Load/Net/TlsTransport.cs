namespace XmppHost.Benchmarks.Load.Net;

internal sealed class TlsTransport(nint ssl) : ITransport
{
    private nint _ssl = ssl;

    /// <summary>True when done, false when more has to arrive first, null when it failed.</summary>
    public bool? TryHandshake()
    {
        OpenSsl.ClearErrors();
        var result = OpenSsl.DoHandshake(_ssl);
        if (result == 1) return true;
        return IsBlocked(result) ? false : null;
    }

    public int Receive(Span<byte> buffer)
    {
        OpenSsl.ClearErrors();
        return Outcome(OpenSsl.Read(_ssl, buffer, buffer.Length));
    }

    public int Send(ReadOnlySpan<byte> bytes)
    {
        OpenSsl.ClearErrors();
        return Outcome(OpenSsl.Write(_ssl, bytes, bytes.Length));
    }

    public void Dispose()
    {
        if (_ssl != 0) OpenSsl.Free(_ssl);
        _ssl = 0;
    }

    private int Outcome(int result)
    {
        if (result > 0) return result;
        return IsBlocked(result) ? 0 : -1;
    }

    private bool IsBlocked(int result) => OpenSsl.GetError(_ssl, result) is OpenSsl.ErrorWantRead or OpenSsl.ErrorWantWrite;
}
