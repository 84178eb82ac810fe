namespace XmppHost.Server.Metrics;

/// <summary>Marks connections to the addresses of <c>metrics.listen</c>: nothing else is served there, and metrics nowhere else but at the control socket.</summary>
internal sealed class MetricsConnection;
