namespace XmppHost.Administration;

/// <summary>How a command is called. The host's name is always the first argument, <c>--json</c> is an option of every command; neither is listed.</summary>
/// <param name="Group">The word before the name: <c>upload</c>.</param>
/// <param name="Name">The command: <c>whose</c>.</param>
/// <param name="Summary">One sentence for the help.</param>
/// <param name="Parameters">In their order on the command line.</param>
/// <param name="Examples">Whole command lines for the help.</param>
public sealed record AdminCommandInfo(string Group, string Name, string Summary, IReadOnlyList<AdminParameter> Parameters, params IReadOnlyList<string> Examples)
{
    /// <summary>Rules between parameters, asked before anything runs: null, or why they do not go together. Exit code 2.</summary>
    public Func<AdminArguments, string?>? Check { get; init; }
}

/// <param name="Name">In camelCase; on the command line <c>contentType</c> is <c>--content-type</c>.</param>
/// <param name="Description">For the help.</param>
/// <param name="Kind">How it is given.</param>
/// <param name="IsRequired">Only of arguments and options.</param>
public sealed record AdminParameter(string Name, string Description, AdminParameterKind Kind = AdminParameterKind.Argument, bool IsRequired = true)
{
    /// <summary>What stands for an option's value in the help: <c>JID</c>; null for the name.</summary>
    public string? ValueName { get; init; }

    /// <summary>The values there are; null for any.</summary>
    public IReadOnlyList<string>? Choices { get; init; }

    /// <summary>Asked of every value before anything runs: null, or why it is none. Exit code 2.</summary>
    public Func<string, string?>? Check { get; init; }

    /// <summary><c>--name VALUE</c>, which may be left out.</summary>
    public static AdminParameter Option(string name, string valueName, string description) => new(name, description, AdminParameterKind.Option, IsRequired: false) { ValueName = valueName };

    /// <summary><c>--name</c>.</summary>
    public static AdminParameter Flag(string name, string description) => new(name, description, AdminParameterKind.Flag, IsRequired: false);
}

public enum AdminParameterKind
{
    /// <summary>A value by its place.</summary>
    Argument,

    /// <summary>All further values by their places; at least one where it is required. Only the last parameter.</summary>
    Arguments,

    /// <summary><c>--name VALUE</c>.</summary>
    Option,

    /// <summary><c>--name</c>.</summary>
    Flag,
}
