namespace XmppHost.Xml;

/// <summary>What <see cref="XmppStreamReader.TryRead"/> found.</summary>
public enum XmppReadResult
{
    /// <summary>All bytes were looked at and no item is complete yet.</summary>
    NeedMore,

    /// <summary>The stream's opening tag; the element has its attributes, no content, and <see cref="XmppStreamReader.DefaultNamespace"/> is set.</summary>
    StreamOpen,

    /// <summary>A complete first-level element.</summary>
    Element,

    /// <summary>The stream's closing tag.</summary>
    StreamClose,

    /// <summary>The stream is beyond repair; <see cref="XmppStreamReader.Error"/> says why. Every later call repeats this.</summary>
    Error,
}
