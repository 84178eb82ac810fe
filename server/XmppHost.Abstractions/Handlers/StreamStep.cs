using XmppHost.Stanzas;

namespace XmppHost.Handlers;

/// <summary>What the stream does after a feature handled an element.</summary>
public readonly record struct StreamStep
{
    private StreamStep(StreamStepKind kind, StreamError? error)
    {
        Kind = kind;
        Error = error;
    }

    public StreamStepKind Kind { get; }

    /// <summary>The stream error of <see cref="StreamStepKind.Close"/>, or null for a plain close.</summary>
    public StreamError? Error { get; }

    /// <summary>Go on reading.</summary>
    public static StreamStep Continue { get; } = new(StreamStepKind.Continue, null);

    /// <summary>The client will open a new stream on the same connection (after SASL).</summary>
    public static StreamStep Restart { get; } = new(StreamStepKind.Restart, null);

    /// <summary>The TLS handshake starts with the next byte.</summary>
    public static StreamStep StartTls { get; } = new(StreamStepKind.StartTls, null);

    /// <summary>The stream ends, with an error or without.</summary>
    public static StreamStep Close(StreamError? error = null) => new(StreamStepKind.Close, error);
}

public enum StreamStepKind { Continue, Restart, StartTls, Close }
