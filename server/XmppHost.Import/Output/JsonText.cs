using System.Text.Encodings.Web;
using System.Text.Json;

namespace XmppHost.Import.Output;

/// <summary>Strings as JSON and comments have them.</summary>
internal static class JsonText
{
    /// <summary>In quotes. Only what would end the string or the line is escaped: a person reads and edits it.</summary>
    internal static string Quote(string text) => $"\"{JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).Value}\"";

    /// <summary>One line: the name of a file may hold anything.</summary>
    internal static string Comment(string text) => string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c));
}
