using XmppHost.Hosting;
using XmppHost.Plugins.Roster.Subscriptions;
using XmppHost.Stanzas;

namespace XmppHost.Plugins.Tests.Roster;

/// <summary>The tables of RFC 6121 appendix A as they stand there: existing state, whether the stanza passes, new state (= for no change).</summary>
internal static class SubscriptionTables
{
    public static readonly IReadOnlyDictionary<string, SubscriptionState> States = new Dictionary<string, SubscriptionState>
    {
        ["None"] = new(RosterSubscription.None),
        ["None+Out"] = new(RosterSubscription.None, PendingOut: true),
        ["None+In"] = new(RosterSubscription.None, PendingIn: true),
        ["None+Out+In"] = new(RosterSubscription.None, PendingOut: true, PendingIn: true),
        ["To"] = new(RosterSubscription.To),
        ["To+In"] = new(RosterSubscription.To, PendingIn: true),
        ["From"] = new(RosterSubscription.From),
        ["From+Out"] = new(RosterSubscription.From, PendingOut: true),
        ["Both"] = new(RosterSubscription.Both),
    };

    private const string OutboundTables = """
        subscribe
        None         pass  None+Out
        None+Out     pass  =
        None+In      pass  None+Out+In
        None+Out+In  pass  =
        To           pass  =
        To+In        pass  =
        From         pass  From+Out
        From+Out     pass  =
        Both         pass  =

        unsubscribe
        None         pass  =
        None+Out     pass  None
        None+In      pass  =
        None+Out+In  pass  None+In
        To           pass  None
        To+In        pass  None+In
        From         pass  =
        From+Out     pass  From
        Both         pass  From

        subscribed
        None         stop  =
        None+Out     stop  =
        None+In      pass  From
        None+Out+In  pass  From+Out
        To           stop  =
        To+In        pass  Both
        From         stop  =
        From+Out     stop  =
        Both         stop  =

        unsubscribed
        None         stop  =
        None+Out     stop  =
        None+In      pass  None
        None+Out+In  pass  None+Out
        To           stop  =
        To+In        pass  To
        From         pass  None
        From+Out     pass  None+Out
        Both         pass  To
        """;

    private const string InboundTables = """
        subscribe
        None         pass  None+In
        None+Out     pass  None+Out+In
        None+In      stop  =
        None+Out+In  stop  =
        To           pass  To+In
        To+In        stop  =
        From         stop  =
        From+Out     stop  =
        Both         stop  =

        unsubscribe
        None         stop  =
        None+Out     stop  =
        None+In      pass  None
        None+Out+In  pass  None+Out
        To           stop  =
        To+In        pass  To
        From         pass  None
        From+Out     pass  None+Out
        Both         pass  To

        subscribed
        None         stop  =
        None+Out     pass  To
        None+In      stop  =
        None+Out+In  pass  To+In
        To           stop  =
        To+In        stop  =
        From         stop  =
        From+Out     pass  Both
        Both         stop  =

        unsubscribed
        None         stop  =
        None+Out     pass  None
        None+In      stop  =
        None+Out+In  pass  None+In
        To           pass  None
        To+In        pass  None+In
        From         stop  =
        From+Out     pass  From
        Both         pass  From
        """;

    public static IReadOnlyDictionary<(string State, PresenceType Type), (bool Pass, string Next)> Outbound { get; } = Read(OutboundTables);

    public static IReadOnlyDictionary<(string State, PresenceType Type), (bool Pass, string Next)> Inbound { get; } = Read(InboundTables);

    private static Dictionary<(string State, PresenceType Type), (bool Pass, string Next)> Read(string tables)
    {
        var rows = new Dictionary<(string, PresenceType), (bool, string)>();
        var type = PresenceType.Available;
        foreach (var line in tables.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var columns = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (columns is [var name]) type = Enum.Parse<PresenceType>(name, ignoreCase: true);
            else rows.Add((columns[0], type), (columns[1] == "pass", columns[2] == "=" ? columns[0] : columns[2]));
        }

        return rows;
    }
}
