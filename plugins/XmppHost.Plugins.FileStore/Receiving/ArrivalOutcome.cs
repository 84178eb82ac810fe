namespace XmppHost.Plugins.FileStore.Receiving;

/// <summary>What became of a file that has arrived.</summary>
internal enum ArrivalOutcome
{
    Served,

    /// <summary>It is there, and not served until an observer says so.</summary>
    Held,

    /// <summary>Put into quarantine, or deleted in the ledger while it was on its way.</summary>
    Refused,

    /// <summary>There is a file of that key.</summary>
    Conflict,
}
