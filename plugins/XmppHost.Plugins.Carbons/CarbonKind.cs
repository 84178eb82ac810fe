namespace XmppHost.Plugins.Carbons;

internal enum CarbonKind
{
    Sent,
    Received,
}
