using System.CommandLine;

namespace XmppHost.Benchmarks.Storage;

/// <summary><c>storage</c>: the message log alone.</summary>
internal static class StorageCommand
{
    public static Command Create()
    {
        var command = new Command("storage", "Appends messages to the message log and prints the CPU that each of them took.");
        var data = Add(command, "--data", "", "folder of the database; a temporary one where not given");
        var connection = Add<string?>(command, "--postgresql", null, "connection string of an empty database; SQLite where not given");
        var rate = Add(command, "--rate", 20_000, "messages per second");
        var seconds = Add(command, "--seconds", 5.0, "measured time");
        var removeAfter = Add<int?>(command, "--remove-after", null, "milliseconds after which the recipient has a message and it is removed; 0: at once");
        var accounts = Add(command, "--accounts", 1000, "recipients");
        var bytes = Add(command, "--stanza", 400, "bytes of each message");
        var preload = Add(command, "--preload", 0, "messages in the log before");
        var window = Add<double?>(command, "--window", null, "milliseconds of the commit window");
        var counts = Add(command, "--counts", false, "each message brings its sender's count (XEP-0198); 16 senders");
        command.SetAction(async (parsed, ct) =>
        {
            var folder = parsed.GetValue(data) is { Length: > 0 } given ? given : Directory.CreateTempSubdirectory("storage-bench-").FullName;
            var load = new StorageLoad(new StorageLoadOptions(
                folder, parsed.GetValue(connection), parsed.GetValue(rate), parsed.GetValue(seconds), parsed.GetValue(removeAfter), parsed.GetValue(accounts),
                parsed.GetValue(bytes), parsed.GetValue(preload), parsed.GetValue(window), parsed.GetValue(counts)));
            Console.WriteLine(await load.RunAsync(ct));
            if (parsed.GetValue(data) is not { Length: > 0 }) Directory.Delete(folder, true);
        });
        return command;
    }

    private static Option<T> Add<T>(Command command, string name, T defaultValue, string description)
    {
        var option = new Option<T>(name) { Description = description, DefaultValueFactory = _ => defaultValue };
        command.Add(option);
        return option;
    }
}
