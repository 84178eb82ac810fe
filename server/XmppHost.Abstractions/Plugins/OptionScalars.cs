using System.Collections;
using System.Globalization;
using System.Reflection;
using XmppHost.Addressing;

namespace XmppHost.Plugins;

/// <summary>Option values that are one piece of text in config: how each type is read and written.</summary>
internal static class OptionScalars
{
    internal static bool IsScalar(Type type) =>
        type.IsPrimitive || type.IsEnum || type == typeof(string) || type == typeof(decimal) || type == typeof(TimeSpan) || type == typeof(Uri) || type == typeof(Jid)
        || ParserOf(type) is not null;

    /// <summary>The value, or what is wrong with the text.</summary>
    internal static (object? Value, string? Problem) Read(Type type, string text)
    {
        if (type == typeof(string)) return (text, null);
        if (type == typeof(bool)) return bool.TryParse(text, out var flag) ? (flag, null) : (null, $"'{text}' is neither true nor false");
        if (type == typeof(TimeSpan)) return Duration.TryParse(text) is { } span ? (span, null) : (null, $"'{text}' is not a duration: write 30 s, 5 min, 7 days or 00:05:00");
        if (type == typeof(ByteSize)) return ByteSize.TryParse(text, null, out var size) ? (size, null) : (null, $"'{text}' is not a size: write 100 MiB, 2 GB, 1024 or unlimited");
        if (type == typeof(Uri)) return ReadUri(text);
        if (type == typeof(Jid)) return Jid.TryParse(text) is { } jid ? (jid, null) : (null, $"'{text}' is not an XMPP address");
        if (type.IsEnum) return ReadEnum(type, text);
        if (type.IsPrimitive || type == typeof(decimal)) return ReadNumber(type, text);
        return ReadParsable(type, text);
    }

    /// <summary>The value as config would write it.</summary>
    internal static string Write(object? value) => value switch
    {
        null => "(not set)",
        string text => text,
        bool flag => flag ? "true" : "false",
        TimeSpan span => Duration.ToText(span),
        Enum name => OptionNames.Camel(name.ToString()),
        Uri uri => uri.OriginalString,
        IDictionary { Count: 0 } => "{}",
        IEnumerable many => $"[{string.Join(", ", many.Cast<object?>().Select(Write))}]",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };

    private static (object?, string?) ReadUri(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && !uri.IsFile ? (uri, null) : (null, $"'{text}' is not an absolute URL");

    private static (object?, string?) ReadEnum(Type type, string text)
    {
        foreach (var name in Enum.GetNames(type))
            if (name.Equals(text, StringComparison.OrdinalIgnoreCase))
                return (Enum.Parse(type, name), null);
        var known = Enum.GetNames(type).Select(OptionNames.Camel).ToArray();
        return (null, $"'{text}' is not one of {string.Join(", ", known)}");
    }

    private static (object?, string?) ReadNumber(Type type, string text)
    {
        var whole = type != typeof(double) && type != typeof(float) && type != typeof(decimal);
        try
        {
            // Overflow is told apart from nonsense, because the remedy differs.
            if (decimal.TryParse(text, whole ? NumberStyles.AllowLeadingSign : NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
                return (Convert.ChangeType(number, type, CultureInfo.InvariantCulture), null);
        }
        catch (OverflowException)
        {
            return (null, $"{text} is out of range");
        }

        return (null, $"'{text}' is not a {(whole ? "whole " : "")}number");
    }

    private static (object?, string?) ReadParsable(Type type, string text)
    {
        object?[] arguments = [text, CultureInfo.InvariantCulture, null];
        return ParserOf(type)!.Invoke(null, arguments) is true ? (arguments[2], null) : (null, $"'{text}' is not a valid {type.Name}");
    }

    private static MethodInfo? ParserOf(Type type)
    {
        if (!Array.Exists(type.GetInterfaces(), i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IParsable<>))) return null;
        var map = type.GetInterfaceMap(typeof(IParsable<>).MakeGenericType(type));
        var index = Array.FindIndex(map.InterfaceMethods, m => m.Name == nameof(IParsable<>.TryParse));
        return map.TargetMethods[index];
    }
}
