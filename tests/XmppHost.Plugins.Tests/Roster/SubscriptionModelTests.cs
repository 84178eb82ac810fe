using FsCheck;
using FsCheck.Fluent;
using XmppHost.Plugins.Roster;
using XmppHost.Plugins.Tests.Support;
using XmppHost.Stanzas;

namespace XmppHost.Plugins.Tests.Roster;

/// <summary>Two people press the four buttons in any order; both servers must stay where the RFC's tables put them.</summary>
internal sealed class SubscriptionModelTests
{
    private static readonly string[] Buttons = ["subscribe", "subscribed", "unsubscribe", "unsubscribed"];

    [TestCase("example.org", "example.org")]
    [TestCase("example.org", "example.net")]
    public void Both_rosters_follow_the_tables(string romeosHost, string julietsHost)
    {
        var press = Gen.Choose(0, 7).Select(n => (Romeo: n < 4, Type: Buttons[n % 4])).ListOf();
        Prop.ForAll(press.ToArbitrary(), presses => CheckAsync(romeosHost, julietsHost, [.. presses]).GetAwaiter().GetResult()).Check(Config.QuickThrowOnFailure.WithMaxTest(300));
    }

    private static async Task<bool> CheckAsync(string romeosHost, string julietsHost, IReadOnlyList<(bool Romeo, string Type)> presses)
    {
        using var montague = RosterServer.Create(romeosHost);
        using var capulet = RosterServer.Create(julietsHost);
        if (romeosHost != julietsHost) montague.Link(capulet);
        var julietsServer = romeosHost == julietsHost ? montague : capulet;
        var romeo = await montague.LogInAsync($"romeo@{romeosHost}/orchard");
        var juliet = await julietsServer.LogInAsync($"juliet@{julietsHost}/balcony");
        var model = new Model();

        foreach (var (byRomeo, type) in presses)
        {
            var (server, sender, other) = byRomeo ? (montague, romeo, juliet) : (julietsServer, juliet, romeo);
            await server.SendAsync(sender, $"<presence type='{type}' to='{other.Jid.Bare}'/>");
            model.Send(byRomeo ? model.Romeo : model.Juliet, byRomeo ? model.Juliet : model.Romeo, Enum.Parse<PresenceType>(type, ignoreCase: true));
            if (await DiffersAsync(montague, romeo, juliet, model.Romeo) || await DiffersAsync(julietsServer, juliet, romeo, model.Juliet)) return false;
        }

        return true;
    }

    private static async Task<bool> DiffersAsync(FakeServer server, FakeSession own, FakeSession contact, Side expected)
    {
        var entry = (await server.Get<Rosters>().GetAsync(own.Jid)).Find(contact.Jid) ?? new RosterEntry(contact.Jid.Bare);
        return entry.State != SubscriptionTables.States[expected.State]
            || entry.Approved != expected.Approved
            || entry.Request is not null != entry.State.PendingIn;
    }

    private sealed class Side
    {
        public string State { get; set; } = "None";

        public bool Approved { get; set; }
    }

    /// <summary>The tables, and section 3.4 on approval in advance.</summary>
    private sealed class Model
    {
        public Side Romeo { get; } = new();

        public Side Juliet { get; } = new();

        public void Send(Side sender, Side receiver, PresenceType type)
        {
            var (pass, next) = SubscriptionTables.Outbound[(sender.State, type)];
            var canApprove = sender.State is "None" or "None+Out" or "To";
            if (type == PresenceType.Subscribed && canApprove) sender.Approved = true;
            if (type == PresenceType.Unsubscribed) sender.Approved = false;
            sender.State = next;
            if (pass) Receive(receiver, sender, type);
        }

        private static void Receive(Side receiver, Side sender, PresenceType type)
        {
            var granted = receiver.State is "From" or "From+Out" or "Both";
            if (type == PresenceType.Subscribe && (granted || receiver.Approved))
            {
                if (!granted) receiver.State = receiver.State switch { "None" => "From", "None+Out" => "From+Out", "To" => "Both", var other => other };
                Receive(sender, receiver, PresenceType.Subscribed);
                return;
            }

            receiver.State = SubscriptionTables.Inbound[(receiver.State, type)].Next;
        }
    }
}
