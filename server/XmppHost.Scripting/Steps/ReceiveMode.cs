namespace XmppHost.Scripting.Steps;

/// <summary>The words between <c>receives</c> and the colon.</summary>
/// <param name="Exactly">Nothing beyond what is written.</param>
/// <param name="InAnyOrder">The stanzas of the block may come in any order.</param>
/// <param name="Eventually">Other stanzas are passed over.</param>
/// <param name="Within">Instead of the client's timeout.</param>
internal sealed record ReceiveMode(bool Exactly, bool InAnyOrder, bool Eventually, TimeSpan? Within);
