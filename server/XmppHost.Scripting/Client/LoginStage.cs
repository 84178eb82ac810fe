namespace XmppHost.Scripting;

/// <summary>How far <see cref="ScriptedClient.ConnectAsync"/> goes before it hands the stream over.</summary>
public enum LoginStage
{
    /// <summary>The connection (and, for direct TLS, the handshake); not a byte of XML was sent.</summary>
    Connection,

    /// <summary>A stream was opened and its first features were read.</summary>
    Stream,

    /// <summary>As <see cref="Stream"/>, after STARTTLS where the client's mode asks for it.</summary>
    Secured,

    /// <summary>SASL succeeded and the new stream's features were read; nothing is bound: the place for <c>&lt;resume/&gt;</c>.</summary>
    Authenticated,

    /// <summary>A resource is bound.</summary>
    Bound,
}
