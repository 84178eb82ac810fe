namespace XmppHost.Core.Tls;

/// <summary>A certificate that cannot be used; the message is one line for the operator.</summary>
internal sealed class CertificateException(string message) : Exception(message);
