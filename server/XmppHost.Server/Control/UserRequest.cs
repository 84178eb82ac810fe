namespace XmppHost.Server.Control;

internal enum UserOperation { Add, Passwd, Delete, List }

/// <summary>A <c>user</c> command as it goes to whoever holds the storage: the running server, or the command itself.</summary>
/// <param name="Operation">What to do.</param>
/// <param name="Address">The account; for a list a host, or null for all.</param>
/// <param name="Password">For those that set one.</param>
internal sealed record UserRequest(UserOperation Operation, string? Address, string? Password = null);

/// <param name="Error">Why it was refused; null when it was done.</param>
/// <param name="Lines">What to print.</param>
internal sealed record UserReply(string? Error, IReadOnlyList<string> Lines);
