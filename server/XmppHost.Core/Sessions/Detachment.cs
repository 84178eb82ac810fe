namespace XmppHost.Core.Sessions;

/// <summary>What becomes of a session whose connection ended.</summary>
internal enum Detachment
{
    /// <summary>It waits to be resumed.</summary>
    Waiting,

    /// <summary>It was resumed on another connection already.</summary>
    CarriedByAnother,

    /// <summary>Nothing can bring it back.</summary>
    MustEnd,
}
