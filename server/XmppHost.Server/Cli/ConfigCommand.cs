using System.CommandLine;
using XmppHost.Addressing;
using XmppHost.Plugins;
using XmppHost.Server.Hosting;

namespace XmppHost.Server.Cli;

/// <summary><c>config check</c>, <c>config explain</c> and <c>config import</c>.</summary>
internal static class ConfigCommand
{
    internal static Command Create(CommonOptions common, Dictionary<Command, string[]> examples) =>
        new("config", "The configuration: check, explain, import.") { Check(common, examples), Explain(common, examples), ConfigImportCommand.Create(examples) };

    private static Command Check(CommonOptions common, Dictionary<Command, string[]> examples)
    {
        var command = new Command("check", "Says everything that is wrong with the configuration, without starting anything.");
        command.SetAction(async (parsed, _) =>
        {
            var installation = common.Load(parsed);
            await OfflineServer.CheckAsync(installation).ConfigureAwait(false);
            var hosts = installation.Configuration.Hosts;
            await parsed.InvocationConfiguration.Output.WriteLineAsync($"The configuration is in order: {string.Join(", ", hosts.Select(h => $"{h.Name} with {h.Plugins.Count} plugins"))}.").ConfigureAwait(false);
            return 0;
        });
        examples[command] = ["xmpphost config check --config new.json && mv new.json xmpphost.json"];
        return command;
    }

    private static Command Explain(CommonOptions common, Dictionary<Command, string[]> examples)
    {
        var host = new Argument<string>("host") { Description = "A virtual host of the config." };
        var command = new Command("explain", "Prints every option that is in force for a host, defaults included, and where each comes from. Secrets are masked.") { host };
        command.SetAction(async (parsed, _) =>
        {
            var installation = common.Load(parsed);
            var name = parsed.GetRequiredValue(host);
            var names = installation.Configuration.Hosts.Select(h => h.Name).ToArray();
            if (!names.Contains(Jid.TryParse(name)?.Domain)) throw new Refusal($"there is no host {name} here{OptionNames.Hint(name, names)}");
            await ConfigExplanation.WriteAsync(installation, Jid.Parse(name).Domain, parsed.InvocationConfiguration.Output).ConfigureAwait(false);
            // What can be explained has been; what is wrong is still a failure.
            installation.RefuseIfWrong();
            return 0;
        });
        examples[command] = ["xmpphost config explain example.org", "xmpphost config explain example.org | grep -v 'default$'   # only what somebody set"];
        return command;
    }
}
