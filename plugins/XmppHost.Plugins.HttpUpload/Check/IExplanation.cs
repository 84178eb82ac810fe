namespace XmppHost.Plugins.HttpUpload.Check;

/// <summary>What an operator should know about a refusal of one kind of backend.</summary>
internal interface IExplanation
{
    /// <summary>Why a request that should have worked was refused.</summary>
    /// <param name="right">What the request needs the right to, as the store names it.</param>
    string Of(ProbeAnswer answer, string right);

    /// <summary>The same of an exception that the backend has thrown.</summary>
    string Of(Exception e, string right);

    /// <summary>Why somebody without keys cannot download.</summary>
    string OfDownload(ProbeAnswer answer);

    /// <summary>How pages of other origins get what they may not do now.</summary>
    string CrossOriginHelp { get; }
}
