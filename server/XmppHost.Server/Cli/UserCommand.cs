using System.CommandLine;
using XmppHost.Server.Control;
using XmppHost.Server.Hosting;

namespace XmppHost.Server.Cli;

/// <summary><c>user add|passwd|delete|list</c>, through the running server or, when none runs, on its storage.</summary>
internal static class UserCommand
{
    internal static Command Create(CommonOptions common, Dictionary<Command, string[]> examples)
    {
        var command = new Command("user", "Accounts: add, passwd, delete, list. Works while the server runs and while it does not.")
        {
            WithPassword("add", "Adds an account.", UserOperation.Add, common, examples),
            WithPassword("passwd", "Changes an account's password.", UserOperation.Passwd, common, examples),
            Delete(common, examples),
            List(common, examples),
        };
        examples[command] = ["xmpphost user add alice@localhost", "xmpphost user list"];
        return command;
    }

    private static Command WithPassword(string name, string description, UserOperation operation, CommonOptions common, Dictionary<Command, string[]> examples)
    {
        var jid = Address();
        var password = new Option<string?>("--password") { Description = "The password. Others on this machine can read it in the list of processes.", HelpName = "P" };
        var fromInput = new Option<bool>("--password-stdin") { Description = "Reads the password from the first line of standard input." };
        var command = new Command(name, description) { jid, password, fromInput };
        command.Validators.Add(result =>
        {
            if (result.GetValue(password) is not null && result.GetValue(fromInput)) result.AddError("Give --password or --password-stdin, not both.");
        });
        command.SetAction((parsed, ct) =>
        {
            var secret = parsed.GetValue(password) ?? (parsed.GetValue(fromInput) ? PasswordInput.ReadLine(Console.In) : PasswordInput.Ask(parsed.GetRequiredValue(jid)));
            return ExecuteAsync(parsed, common, new UserRequest(operation, parsed.GetRequiredValue(jid), secret), ct);
        });
        examples[command] =
        [
            $"xmpphost user {name} alice@example.org                       # asks for the password",
            $"pass show alice | xmpphost user {name} alice@example.org --password-stdin",
        ];
        return command;
    }

    private static Command Delete(CommonOptions common, Dictionary<Command, string[]> examples)
    {
        var jid = Address();
        var command = new Command("delete", "Deletes an account with everything kept for it, and ends its sessions.") { jid };
        command.SetAction((parsed, ct) => ExecuteAsync(parsed, common, new UserRequest(UserOperation.Delete, parsed.GetRequiredValue(jid)), ct));
        examples[command] = ["xmpphost user delete alice@example.org"];
        return command;
    }

    private static Command List(CommonOptions common, Dictionary<Command, string[]> examples)
    {
        var host = new Argument<string?>("host") { Description = "Only the accounts of this host.", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command("list", "Lists the accounts, one address per line.") { host };
        command.SetAction((parsed, ct) => ExecuteAsync(parsed, common, new UserRequest(UserOperation.List, parsed.GetValue(host)), ct));
        examples[command] = ["xmpphost user list", "xmpphost user list example.org | wc -l"];
        return command;
    }

    private static Argument<string> Address() => new("jid") { Description = "The account's address: alice@example.org." };

    private static async Task<int> ExecuteAsync(ParseResult parsed, CommonOptions common, UserRequest request, CancellationToken ct)
    {
        var installation = common.Load(parsed);
        common.RequirePlace(parsed, installation);
        var reply = await ControlClient.TryExecuteAsync(DataFolder.ControlSocket(installation.DataDirectory), request, ct).ConfigureAwait(false)
            ?? await OfflineServer.ExecuteAsync(installation, request, ct).ConfigureAwait(false);
        if (reply.Error is not null) throw new Refusal(reply.Error);
        foreach (var line in reply.Lines) await parsed.InvocationConfiguration.Output.WriteLineAsync(line).ConfigureAwait(false);
        return 0;
    }
}
