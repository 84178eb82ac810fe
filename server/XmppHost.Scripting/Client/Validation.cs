using System.Diagnostics.CodeAnalysis;
using System.Net.Security;

namespace XmppHost.Scripting;

/// <summary>Which certificates of servers are believed.</summary>
internal static class Validation
{
    /// <summary>Null leaves it to the system's trust store.</summary>
    [SuppressMessage("Security", "CA5359", Justification = "Only where the options say insecure: self-signed servers under test.")]
    public static RemoteCertificateValidationCallback? For(bool insecure, RemoteCertificateValidationCallback? own) =>
        own ?? (insecure ? (_, _, _, _) => true : null);
}
