using System.Globalization;
using System.Text;

namespace XmppHost.Import.Output;

/// <summary>Writes JSON with comments, as a person would lay it out.</summary>
internal sealed class JsonWriter(ISecretPlace secrets)
{
    private const int CommentColumn = 60;
    private const int WidestList = 100;
    private readonly StringBuilder _text = new();

    internal static string Write(JsonObject root, IEnumerable<string> heading, ISecretPlace secrets)
    {
        var writer = new JsonWriter(secrets);
        foreach (var line in heading) writer._text.Append("// ").Append(JsonText.Comment(line)).Append('\n');
        writer.Object(root, 0, "");
        return writer._text.Append('\n').ToString();
    }

    private void Object(JsonObject value, int depth, string path)
    {
        if (value.Members.Count == 0)
        {
            _text.Append("{}");
            return;
        }

        _text.Append("{\n");
        for (var i = 0; i < value.Members.Count; i++) Member(value.Members[i], depth + 1, path, i == value.Members.Count - 1);
        Indent(depth).Append('}');
    }

    private void Member(JsonMember member, int depth, string path, bool isLast)
    {
        var at = path.Length == 0 ? member.Name : $"{path}-{member.Name}";
        var (name, value, comment) = member.Value is JsonPart.Secret secret ? secrets.Place(member.Name, at, secret.Value, member.Comment) : (member.Name, member.Value, member.Comment);
        var start = _text.Length;
        Indent(depth).Append(JsonText.Quote(name)).Append(": ");
        if (value is JsonObject { Members.Count: > 0 } inner)
        {
            // The comment on an object stands above it, where its lines do not hide it.
            if (comment is not null)
            {
                var line = _text.ToString(start, _text.Length - start);
                _text.Length = start;
                Indent(depth).Append("// ").Append(JsonText.Comment(comment)).Append('\n').Append(line);
            }

            Object(inner, depth, at);
            _text.Append(isLast ? "\n" : ",\n");
            return;
        }

        Value(value);
        if (!isLast) _text.Append(',');
        if (comment is not null) Pad(start).Append("// ").Append(JsonText.Comment(comment));
        _text.Append('\n');
    }

    private void Value(JsonPart value) => _text.Append(value switch
    {
        JsonPart.Text text => JsonText.Quote(text.Value),
        JsonPart.Number number => number.Value.ToString(CultureInfo.InvariantCulture),
        JsonPart.Flag flag => flag.Value ? "true" : "false",
        JsonPart.List list => List(list),
        JsonPart.Rules rules => $"[{string.Join(", ", rules.Entries.Select(Rule))}]",
        _ => "{}",
    });

    private static string List(JsonPart.List list)
    {
        var values = list.Values.Select(JsonText.Quote).ToArray();
        var line = $"[{string.Join(", ", values)}]";
        return line.Length <= WidestList ? line : $"[\n{string.Join(",\n", values.Select(v => $"        {v}"))}\n      ]";
    }

    private static string Rule((IReadOnlyList<string> Who, bool Allow) rule) => $"{{ \"who\": [{string.Join(", ", rule.Who.Select(JsonText.Quote))}]{(rule.Allow ? "" : ", \"allow\": false")} }}";

    private StringBuilder Indent(int depth) => _text.Append(' ', depth * 2);

    private StringBuilder Pad(int start) => _text.Append(' ', Math.Max(2, CommentColumn - (_text.Length - start)));
}
