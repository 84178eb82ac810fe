using System.CommandLine;
using XmppHost.Scripting;

namespace XmppHost.Server.Cli;

/// <summary><c>script run</c>: the scripted client, against any XMPP server.</summary>
internal static class ScriptCommand
{
    internal static Command Create(Dictionary<Command, string[]> examples)
    {
        var files = new Argument<string[]>("file") { Description = "Scripts, or folders of which every *.xmpp is run.", Arity = ArgumentArity.OneOrMore };
        var server = new Option<string?>("--server") { Description = "Where to connect, whatever the JIDs say; port 5222 unless given.", HelpName = "host:port" };
        var directTls = new Option<string?>("--direct-tls-server") { Description = "The same for clients that begin with TLS; port 5223 unless given.", HelpName = "host:port" };
        var insecure = new Option<bool>("--insecure") { Description = "Accept any certificate." };
        var accounts = new Option<string[]>("--account") { Description = "The password of an account that the scripts log in to. May be repeated.", HelpName = "user@domain=password" };
        var variables = new Option<string[]>("--var") { Description = "A variable of the scripts. May be repeated.", HelpName = "name=value" };
        var verbose = new Option<bool>("--verbose", "-v") { Description = "Show every step and all that is sent and received; passwords stay hidden." };
        var run = new Command("run", "Runs scripts of clients that log in, send and receive, against any XMPP server: an integration test of a deployment.")
        {
            files, server, directTls, insecure, accounts, variables, verbose,
        };
        run.SetAction((parsed, ct) => Scripting.ScriptCommand.RunAsync(
            new ScriptCommandOptions
            {
                Paths = parsed.GetRequiredValue(files),
                Server = parsed.GetValue(server),
                DirectTlsServer = parsed.GetValue(directTls),
                Insecure = parsed.GetValue(insecure),
                Accounts = parsed.GetValue(accounts) ?? [],
                Variables = parsed.GetValue(variables) ?? [],
                Verbose = parsed.GetValue(verbose),
            },
            parsed.InvocationConfiguration.Output,
            parsed.InvocationConfiguration.Error,
            ct));
        examples[run] =
        [
            "xmpphost script run chat.xmpp --account alice@example.org=secret",
            "xmpphost script run scripts/ --server 127.0.0.1:5222 --insecure --verbose",
        ];
        return new Command("script", "The scripted client: run.") { run };
    }
}
