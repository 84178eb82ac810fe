using XmppHost.Scripting.Matching;

namespace XmppHost.Scripting.Format;

/// <summary>The settings of a <c>[Client]</c> section; those of <c>[Options]</c> are the same, for all clients that follow.</summary>
internal static class ClientSettings
{
    /// <exception cref="FormatException">There is no such setting, or the value is not one of its values.</exception>
    public static ClientDeclaration Apply(ClientDeclaration client, string key, string value) => key switch
    {
        "jid" => client with { Jid = Text(value) },
        "password" => client with { Password = Text(value) },
        "resource" => client with { Resource = Text(value) },
        "server" => client with { Server = Text(value) },
        "stream to" => client with { StreamTo = Text(value) },
        "mechanism" => client with { Mechanism = value },
        "tls" => client with { Tls = Tls(value) },
        "connect" => client with { Connect = Stage(value) },
        "register" => client with { Register = Flag(value) },
        "plain without tls" => client with { PlainWithoutTls = Flag(value) },
        "ignore" => client with { Ignore = value.Split(',', StringSplitOptions.TrimEntries).Aggregate(client.Ignore, (all, one) => all | Ignored(one)) },
        "timeout" => client with { Timeout = Duration.Parse(value) },
        _ => throw new FormatException($"there is no setting '{key}'; there are jid, password, resource, register, tls, mechanism, connect, ignore, timeout, server, stream to, plain without tls"),
    };

    /// <exception cref="FormatException">There is no such stage.</exception>
    public static LoginStage Stage(string value) => value switch
    {
        "connection" => LoginStage.Connection,
        "stream" => LoginStage.Stream,
        "secured" => LoginStage.Secured,
        "authenticated" => LoginStage.Authenticated,
        "bound" => LoginStage.Bound,
        _ => throw new FormatException($"'{value}' is not a stage: connection, stream, secured, authenticated or bound"),
    };

    private static TlsMode Tls(string value) => value switch
    {
        "starttls" => TlsMode.StartTls,
        "direct" => TlsMode.Direct,
        "none" => TlsMode.None,
        _ => throw new FormatException($"tls is 'starttls', 'direct' or 'none', not '{value}'"),
    };

    private static IgnoredStanzas Ignored(string value) => value switch
    {
        "presence" => IgnoredStanzas.Presence,
        "messages" => IgnoredStanzas.Messages,
        "roster pushes" => IgnoredStanzas.RosterPushes,
        "acks" => IgnoredStanzas.Acks,
        _ => throw new FormatException($"'{value}' cannot be ignored; presence, messages, roster pushes and acks can"),
    };

    private static bool Flag(string value) => value switch
    {
        "yes" => true,
        "no" => false,
        _ => throw new FormatException($"expected yes or no, found '{value}'"),
    };

    private static string Text(string value) => Template.ParseValue(value).Source;
}
