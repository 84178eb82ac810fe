using Autofac;
using XmppHost.Addressing;
using XmppHost.Core.Plugins;
using XmppHost.Hosting;
using XmppHost.Plugins;

namespace XmppHost.Server.Control;

/// <summary>Carries out <c>user</c> commands on the hosts of this process.</summary>
internal sealed class UserAdministration(IReadOnlyList<ComposedHost> hosts)
{
    internal async Task<UserReply> ExecuteAsync(UserRequest request, CancellationToken ct)
    {
        if (request.Operation == UserOperation.List) return await ListAsync(request.Address, ct).ConfigureAwait(false);
        if (Jid.TryParse(request.Address) is not { IsBare: true, Local: { } local } jid) return Refuse(NotAnAddress(request.Address));
        if (Accounts(jid.Domain) is not { } accounts) return Refuse(NoSuchHost(jid.Domain));
        var password = request.Password ?? "";
        return request.Operation switch
        {
            UserOperation.Add => Reply(await accounts.CreateAsync(local, password, ct).ConfigureAwait(false), jid, $"Added {jid}."),
            UserOperation.Passwd => Reply(await accounts.SetPasswordAsync(jid, password, ct).ConfigureAwait(false), jid, $"Changed the password of {jid}."),
            _ => Reply(await accounts.DeleteAsync(jid, ct).ConfigureAwait(false), jid, $"Deleted {jid} and everything kept for it."),
        };
    }

    private async Task<UserReply> ListAsync(string? host, CancellationToken ct)
    {
        if (host is not null && Accounts(Jid.TryParse(host)?.Domain ?? host) is null) return Refuse(NoSuchHost(host));
        var lines = new List<string>();
        foreach (var each in hosts.Where(h => host is null || h.Configuration.Name == Jid.TryParse(host)?.Domain))
            lines.AddRange((await each.Scope.Resolve<IAccounts>().ListAsync(ct).ConfigureAwait(false)).Select(j => j.ToString()));
        return new UserReply(null, lines);
    }

    private IAccounts? Accounts(string domain) => hosts.FirstOrDefault(h => h.Configuration.Name == domain)?.Scope.Resolve<IAccounts>();

    private string NoSuchHost(string domain) => $"there is no host {domain} here{OptionNames.Hint(domain, hosts.Select(h => h.Configuration.Name))}";

    private string NotAnAddress(string? text) => text is not null && !text.Contains('@', StringComparison.Ordinal) && Jid.TryCreate(text, hosts[0].Configuration.Name, null) is { } meant
        ? $"'{text}' is not the address of an account; did you mean {meant}?"
        : $"'{text}' is not the address of an account: write alice@{hosts[0].Configuration.Name}";

    private static UserReply Reply(AccountOutcome outcome, Jid jid, string done) => outcome switch
    {
        AccountOutcome.Done => new UserReply(null, [done]),
        AccountOutcome.AlreadyExists => Refuse($"{jid} exists already; 'user passwd' changes its password"),
        AccountOutcome.NotFound => Refuse($"there is no account {jid}"),
        AccountOutcome.BadName => Refuse($"'{jid.Local}' is not a name for an account"),
        _ => Refuse("the password is empty or has characters that passwords may not have (RFC 8265, OpaqueString)"),
    };

    private static UserReply Refuse(string error) => new(error, []);
}
