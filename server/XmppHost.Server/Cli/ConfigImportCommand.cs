using System.CommandLine;
using XmppHost.Import;

namespace XmppHost.Server.Cli;

/// <summary><c>config import</c>: another server's config as ours.</summary>
internal static class ConfigImportCommand
{
    internal static Command Create(Dictionary<Command, string[]> examples)
    {
        var from = new Option<string>("--from") { Description = "Whose config it is: prosody, ejabberd or mongooseim.", HelpName = "SERVER", Required = true };
        from.AcceptOnlyFromAmong("prosody", "ejabberd", "mongooseim");
        var output = new Option<string?>("--output", "-o") { Description = "Writes a new file, for its owner alone, instead of standard output.", HelpName = "FILE" };
        var secrets = new Option<string?>("--secrets") { Description = "Writes passwords and keys to new files in this folder, for their owner alone, instead of into the config.", HelpName = "DIR" };
        var file = new Argument<string>("file") { Description = "prosody.cfg.lua, ejabberd.yml or mongooseim.toml. It is only read." };
        var command = new Command("import", "Makes a config of another server's: virtual hosts, HTTP upload, ports. What is different or missing is said on standard error.") { file, from, output, secrets };
        command.SetAction(parsed => Import(parsed, parsed.GetRequiredValue(from), parsed.GetRequiredValue(file), parsed.GetValue(output), parsed.GetValue(secrets)));
        examples[command] =
        [
            "xmpphost config import --from prosody /etc/prosody/prosody.cfg.lua",
            "xmpphost config import --from ejabberd /etc/ejabberd/ejabberd.yml --output xmpphost.json --secrets secrets && xmpphost config check",
        ];
        return command;
    }

    private static int Import(ParseResult parsed, string from, string file, string? output, string? secrets)
    {
        try
        {
            var import = ConfigImport.Read(Enum.Parse<ImportSource>(from, ignoreCase: true), file);
            if (output is not null && Path.Exists(output)) throw new Refusal($"{output} exists; it is not overwritten");
            var config = output is null ? null : Path.GetDirectoryName(Path.GetFullPath(output));
            var json = secrets is null ? import.ToJson() : import.ToJson(secrets, config);
            foreach (var message in import.Messages) parsed.InvocationConfiguration.Error.WriteLine(message);
            if (output is null) parsed.InvocationConfiguration.Output.Write(json);
            else ConfigImport.WriteNew(output, json);
            return 0;
        }
        catch (ImportException e)
        {
            throw new Refusal(e.Message);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new Refusal(e.Message);
        }
    }
}
