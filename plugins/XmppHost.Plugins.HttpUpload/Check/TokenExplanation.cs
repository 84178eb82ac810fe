namespace XmppHost.Plugins.HttpUpload.Check;

/// <summary>What the answers of upload services mean that verify tokens of ours.</summary>
internal sealed class TokenExplanation(bool isEmbedded) : IExplanation
{
    public string CrossOriginHelp => "the service must send Access-Control-Allow-Origin and answer OPTIONS";

    public string Of(ProbeAnswer answer, string right) => answer.NetworkProblem ?? answer.Status switch
    {
        400 or 401 or 403 => $"the service refuses the token ({answer.Status}): {(isEmbedded ? "does a proxy in front change the path?" : "secret or protocol differ from the service's, or a proxy in front changes the path")}",
        404 or 405 => $"there is no upload service at this address ({answer.Status}): is {(isEmbedded ? "publicUrl" : "baseUrl")} right, and does the web server hand PUT on to it?",
        409 => "the service has a file of this name already (409)",
        411 => "the length does not arrive (411): a proxy in front passes the body on in chunks",
        413 => "the service, or a proxy in front (nginx: client_max_body_size), takes no file of this size (413)",
        507 => "the service has no room left (507)",
        >= 500 => $"the service fails ({answer.Status}): see its log",
        _ => $"the service answers {answer.Status}",
    };

    public string Of(Exception e, string right) => e.Message;

    public string OfDownload(ProbeAnswer answer) => answer.NetworkProblem ?? $"the file cannot be downloaded: the service answers {answer.Status}";
}
