using System.Text.Json.Nodes;

namespace XmppHost.Administration;

/// <summary>
/// A command of the command line that a plugin adds, carried out for one virtual host: <c>xmpphost GROUP NAME HOST ...</c>. It runs in the server's process when a server runs, else in the
/// command's own on the same storage, with nothing listening. Register it like a handler; and list its <see cref="AdminCommandInfo"/> in a type named by <see cref="AdminCommandsAttribute"/>,
/// so that <c>--help</c> knows it without a config.
/// </summary>
public interface IAdminCommand
{
    /// <summary>The same object as in the list.</summary>
    AdminCommandInfo Info { get; }

    ValueTask<AdminReply> RunAsync(AdminArguments arguments, CancellationToken ct);
}

/// <summary>Names a type with a public parameterless constructor that implements <see cref="IAdminCommandList"/>.</summary>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class AdminCommandsAttribute(Type list) : Attribute
{
    public Type List => list;
}

public interface IAdminCommandList
{
    /// <summary>What a group's help says about it, by the group's name.</summary>
    IReadOnlyDictionary<string, string> Groups { get; }

    IReadOnlyList<AdminCommandInfo> Commands { get; }
}

/// <summary>How a command is called; the host's name is always the first argument and not listed.</summary>
/// <param name="Group">The word before the name: <c>upload</c>.</param>
/// <param name="Name">The command: <c>whose</c>.</param>
/// <param name="Summary">One sentence for the help.</param>
/// <param name="Parameters">In their order on the command line.</param>
/// <param name="Examples">Whole command lines for the help.</param>
public sealed record AdminCommandInfo(string Group, string Name, string Summary, IReadOnlyList<AdminParameter> Parameters, params IReadOnlyList<string> Examples);

public enum AdminParameterKind
{
    /// <summary>A value by its place.</summary>
    Argument,

    /// <summary><c>--name VALUE</c>.</summary>
    Option,

    /// <summary><c>--name</c>.</summary>
    Flag,
}

/// <param name="Name">In camelCase; on the command line <c>contentType</c> is <c>--content-type</c>.</param>
/// <param name="Description">For the help.</param>
/// <param name="Kind">How it is given.</param>
/// <param name="IsRequired">Only of arguments and options.</param>
public sealed record AdminParameter(string Name, string Description, AdminParameterKind Kind = AdminParameterKind.Argument, bool IsRequired = true);

/// <summary>What was given, by parameter name; a flag that is set has the value <c>true</c>.</summary>
public sealed record AdminArguments(IReadOnlyDictionary<string, string> Values)
{
    public string? this[string name] => Values.GetValueOrDefault(name);

    public bool Has(string flag) => Values.ContainsKey(flag);
}

/// <summary>What to print. With <c>--json</c> it is <see cref="Json"/>, else the lines.</summary>
/// <param name="Error">Why it was refused or failed, in one line: exit code 1. Null when it was done.</param>
/// <param name="Lines">For people; printed with an error too.</param>
/// <param name="Json">The same for scripts.</param>
public sealed record AdminReply(string? Error, IReadOnlyList<string> Lines, JsonNode? Json = null)
{
    public static AdminReply Refused(string error) => new(error, []);
}
