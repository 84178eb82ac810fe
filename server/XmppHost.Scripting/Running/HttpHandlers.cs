using System.Net;

namespace XmppHost.Scripting.Running;

/// <summary>The handler of a script's HTTP steps, with the same trust in certificates as its XMPP clients.</summary>
internal static class HttpHandlers
{
    public static SocketsHttpHandler Create(ScriptRunnerOptions options)
    {
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, AutomaticDecompression = DecompressionMethods.None };
        handler.SslOptions.RemoteCertificateValidationCallback = Validation.For(options.Insecure, options.CertificateValidation);
        return handler;
    }
}
