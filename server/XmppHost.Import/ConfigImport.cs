using XmppHost.Import.Drafts;
using XmppHost.Import.Ejabberd;
using XmppHost.Import.MongooseIM;
using XmppHost.Import.Output;
using XmppHost.Import.Prosody;
using XmppHost.Import.Sources;

namespace XmppHost.Import;

/// <summary>Another server's config file, as far as it is about HTTP upload and virtual hosts, as a config of this server.</summary>
public sealed class ConfigImport
{
    private readonly JsonObject _config;
    private readonly string[] _heading;

    private ConfigImport(JsonObject config, string[] heading, IReadOnlyList<ImportMessage> messages) => (_config, _heading, Messages) = (config, heading, messages);

    /// <summary>What is different or left to do, in the order in which it stands in the file.</summary>
    public IReadOnlyList<ImportMessage> Messages { get; }

    /// <summary>Reads the file with all that it includes.</summary>
    /// <exception cref="ImportException">It cannot be read.</exception>
    public static ConfigImport Read(ImportSource source, string file)
    {
        var log = new ImportLog();
        try
        {
            var draft = source switch
            {
                ImportSource.Prosody => ProsodyImport.Read(file, log),
                ImportSource.Ejabberd => EjabberdImport.Read(file, log),
                _ => MongooseIMImport.Read(file, log),
            };
            string[] heading =
            [
                $"Made by 'xmpphost config import' from {file} of {(source == ImportSource.Ejabberd ? "ejabberd" : source.ToString())}. Comments say where a value comes from.",
                "What is not named has its default: 'xmpphost config explain HOST' prints it all. 'xmpphost upload check HOST' tries the uploads.",
            ];
            return new ConfigImport(draft.ToJson(), heading, log.Messages);
        }
        catch (SourceException e)
        {
            throw new ImportException(e.Message);
        }
    }

    /// <summary>JSON with comments; secrets stand in it as values.</summary>
    public string ToJson() => JsonWriter.Write(_config, _heading, new InlineSecrets());

    /// <summary>JSON with comments; secrets go to files that only their owner can read, and that must not exist yet.</summary>
    /// <param name="directory">The folder of the secrets.</param>
    /// <param name="configDirectory">The folder where the config will lie; null when that is not known.</param>
    /// <exception cref="IOException">A file exists, or cannot be written.</exception>
    public string ToJson(string directory, string? configDirectory) => JsonWriter.Write(_config, _heading, new SecretFiles(directory, configDirectory));

    /// <summary>Writes a file that only its owner can read, and that must not exist yet.</summary>
    /// <exception cref="IOException">It exists, or cannot be written.</exception>
    public static void WriteNew(string path, string content) => PrivateFile.Write(path, content);
}
