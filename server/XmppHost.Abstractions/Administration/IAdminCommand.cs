namespace XmppHost.Administration;

/// <summary>
/// A command of the command line that a plugin adds, carried out for one virtual host: <c>xmpphost GROUP NAME HOST ...</c>. It runs in the server's process when a server runs, else in the
/// command's own process on the same storage, with nothing listening and no <see cref="Hosting.IVHostService"/> started. Register it like a handler; and list its <see cref="AdminCommandInfo"/>
/// in the type that <see cref="AdminCommandsAttribute"/> names, so that <c>--help</c> knows it without a config.
/// </summary>
public interface IAdminCommand
{
    /// <summary>As in the list; a command is found by its group and name.</summary>
    AdminCommandInfo Info { get; }

    /// <summary>Carries it out. An exception is a bug: it is logged where a log is, and the command fails with its message.</summary>
    ValueTask<AdminReply> RunAsync(AdminArguments arguments, CancellationToken ct);
}
