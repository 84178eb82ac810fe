namespace XmppHost.Handlers;

/// <summary>Where on a stanza's way a filter stands.</summary>
public enum StanzaStage
{
    /// <summary>In the sender's host, after <c>from</c> was stamped and before routing.</summary>
    Sending,

    /// <summary>In the recipient's host, once per stanza to an account or session of it, before sessions are chosen. IQs to accounts included.</summary>
    Delivering,

    /// <summary>In the recipient's host, for a message to an account that no session could take.</summary>
    Undeliverable,
}

/// <summary>What becomes of a stanza after a filter.</summary>
public enum StanzaVerdict
{
    /// <summary>The next filter sees it.</summary>
    Continue,

    /// <summary>The filter took care of it: it goes no further, and that is a success.</summary>
    Consumed,

    /// <summary>It goes no further, silently or with the error of <see cref="StanzaContext.Reject"/>.</summary>
    Drop,
}

/// <summary>The order of filters in a stage; ties break by plugin id.</summary>
public static class FilterOrder
{
    public const int Validate = 100;
    public const int Block = 200;
    public const int Archive = 300;
    public const int Copy = 400;
    public const int Notify = 500;
}
