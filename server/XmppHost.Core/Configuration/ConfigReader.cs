using System.Text;
using System.Text.Json;

namespace XmppHost.Core.Configuration;

/// <summary>
/// Reads JSON with comments and trailing commas into a <see cref="ConfigNode"/> and remembers the line of every value. Microsoft.Extensions.Configuration's own reader forgets lines, and that a key was
/// written twice.
/// </summary>
internal ref struct ConfigReader
{
    private readonly ReadOnlySpan<byte> _json;
    private readonly string _name;
    private readonly bool _hasLines;
    private readonly ICollection<string> _problems;
    private Utf8JsonReader _reader;
    private int _line;
    private int _counted;

    private ConfigReader(ReadOnlySpan<byte> json, string name, bool hasLines, ICollection<string> problems)
    {
        _hasLines = hasLines;
        _json = json;
        _name = name;
        _problems = problems;
        _line = 1;
        _reader = new Utf8JsonReader(json, new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
    }

    private readonly string Origin => _hasLines ? $"{_name}:{_line}" : _name;

    /// <param name="name">The name for origins and problems.</param>
    /// <param name="hasLines">Origins say the line too.</param>
    internal static ConfigNode Read(ReadOnlySpan<byte> json, string name, ICollection<string> problems, bool hasLines = true)
    {
        if (json.StartsWith(Encoding.UTF8.Preamble)) json = json[3..];
        var root = new ConfigNode();
        var reader = new ConfigReader(json, name, hasLines, problems);
        try
        {
            reader.Next();
            if (reader._reader.TokenType == JsonTokenType.StartObject) reader.ReadObject(root, "");
            else problems.Add($"{name}: a config is an object: {{ ... }}");
            reader._reader.Read();
        }
        catch (JsonException e)
        {
            // The message ends with counts that start at 0; the line is said in front, as compilers do.
            problems.Add($"{name}:{(e.LineNumber ?? 0) + 1}: {e.Message.Split(" LineNumber:")[0]}");
        }

        return root;
    }

    /// <summary>The value of an override: an object or a list when it is one in JSON, else plain text.</summary>
    internal static void ReadValue(ConfigNode node, string text, string origin)
    {
        node.SetValue(text, origin);
        if (text is not ['{' or '[', ..]) return;
        var problems = new List<string>();
        var wrapped = Read(Encoding.UTF8.GetBytes($"{{\"value\":{text}}}"), origin, problems, hasLines: false)["value"];
        if (problems.Count == 0 && wrapped is not null) node.Overlay(wrapped);
    }

    private void Next()
    {
        if (!_reader.Read()) throw new JsonException("It ends too early.");
        var start = (int)_reader.TokenStartIndex;
        _line += _json[_counted..start].Count((byte)'\n');
        _counted = start;
    }

    private void ReadObject(ConfigNode node, string path)
    {
        node.SetContainer(false, Origin);
        while (true)
        {
            Next();
            if (_reader.TokenType == JsonTokenType.EndObject) return;
            var name = _reader.GetString()!;
            var at = path.Length == 0 ? name : $"{path}.{name}";
            if (name.Contains(':', StringComparison.Ordinal) || name.Length == 0) _problems.Add($"{Origin}: '{at}' is not a name for an option");
            if (node[name] is { } first) _problems.Add($"{Origin}: '{at}' is written twice, first in {first.Origin}");
            Next();
            ReadNode(node.Child(name), at);
        }
    }

    private void ReadList(ConfigNode node, string path)
    {
        node.SetContainer(true, Origin);
        for (var i = 0; ; i++)
        {
            Next();
            if (_reader.TokenType == JsonTokenType.EndArray) return;
            ReadNode(node.Child(i.ToString(System.Globalization.CultureInfo.InvariantCulture)), $"{path}.{i}");
        }
    }

    private void ReadNode(ConfigNode node, string path)
    {
        switch (_reader.TokenType)
        {
            case JsonTokenType.StartObject:
                ReadObject(node, path);
                break;
            case JsonTokenType.StartArray:
                ReadList(node, path);
                break;
            case JsonTokenType.Null:
                _problems.Add($"{Origin}: '{path}' is null; leave it out, or write false to switch a plugin off and {{}} to switch it on");
                break;
            case JsonTokenType.String:
                node.SetValue(_reader.GetString()!, Origin);
                break;
            default:
                node.SetValue(Encoding.UTF8.GetString(_reader.ValueSpan), Origin);
                break;
        }
    }
}
