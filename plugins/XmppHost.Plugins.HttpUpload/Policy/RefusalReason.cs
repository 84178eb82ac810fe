namespace XmppHost.Plugins.HttpUpload.Policy;

/// <summary>Why there is no slot, in the order in which it is looked at; a label of the metrics.</summary>
internal enum RefusalReason
{
    Access,
    Syntax,
    Purpose,
    Type,
    Size,
    Rate,
    Quota,
    Backend,
}
