using System.CommandLine;

namespace XmppHost.Server.Cli;

/// <summary><c>script run</c>: the scripted client, against any XMPP server.</summary>
internal static class ScriptCommand
{
    internal static Command Create(Dictionary<Command, string[]> examples)
    {
        var files = new Argument<string[]>("file") { Description = "Scripts (*.xmpp).", Arity = ArgumentArity.OneOrMore };
        var run = new Command("run", "Runs scripts of clients that log in, send and receive, against any XMPP server.") { files };
        run.SetAction((parsed, ct) => Task.FromResult(1));
        examples[run] = ["xmpphost script run chat.xmpp"];
        return new Command("script", "The scripted client: run.") { run };
    }
}
