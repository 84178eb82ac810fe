namespace XmppHost.Administration;

/// <summary>The commands that an assembly has. It is asked where nothing runs and no config may be there: it says what there is, and nothing else.</summary>
public interface IAdminCommandList
{
    /// <summary>What a group's help says about it, by the group's name.</summary>
    IReadOnlyDictionary<string, string> Groups { get; }

    IReadOnlyList<AdminCommandInfo> Commands { get; }
}

/// <summary>Names a type with a public parameterless constructor that implements <see cref="IAdminCommandList"/>. The assembly is loaded only when the command line needs to know.</summary>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class AdminCommandsAttribute(Type list) : Attribute
{
    public Type List => list;
}
