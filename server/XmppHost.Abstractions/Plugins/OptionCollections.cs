using System.Collections;

namespace XmppHost.Plugins;

/// <summary>The collection types that options may have: arrays, lists, sets, and dictionaries with text keys.</summary>
internal static class OptionCollections
{
    private static readonly Type[] Lists =
    [
        typeof(IEnumerable<>), typeof(IReadOnlyCollection<>), typeof(IReadOnlyList<>), typeof(ICollection<>), typeof(IList<>), typeof(List<>),
    ];

    private static readonly Type[] Sets = [typeof(IReadOnlySet<>), typeof(ISet<>), typeof(HashSet<>)];

    private static readonly Type[] Dictionaries = [typeof(IReadOnlyDictionary<,>), typeof(IDictionary<,>), typeof(Dictionary<,>)];

    internal static bool IsDictionary(Type type) => Is(type, Dictionaries) && type.GetGenericArguments()[0] == typeof(string);

    /// <summary>The type of the elements or of the dictionary's values; null for what is not a collection.</summary>
    internal static Type? ElementOf(Type type)
    {
        if (type.IsArray) return type.GetElementType();
        if (IsDictionary(type)) return type.GetGenericArguments()[1];
        return Is(type, Lists) || Is(type, Sets) ? type.GetGenericArguments()[0] : null;
    }

    internal static object Make(Type type, Type element, IReadOnlyList<KeyValuePair<string, object?>> items)
    {
        if (IsDictionary(type))
        {
            var dictionary = (IDictionary)Activator.CreateInstance(typeof(Dictionary<,>).MakeGenericType(typeof(string), element))!;
            foreach (var (key, value) in items) dictionary[key] = value;
            return dictionary;
        }

        var array = Array.CreateInstance(element, items.Count);
        for (var i = 0; i < items.Count; i++) array.SetValue(items[i].Value, i);
        if (type.IsArray) return array;
        return Activator.CreateInstance((Is(type, Sets) ? typeof(HashSet<>) : typeof(List<>)).MakeGenericType(element), array)!;
    }

    internal static string Write(object many, IReadOnlyList<KeyValuePair<string, object?>> items) =>
        many is IDictionary
            ? $"{{{string.Join(", ", items.Select(i => $"{i.Key}: {OptionScalars.Write(i.Value)}"))}}}"
            : OptionScalars.Write(many);

    private static bool Is(Type type, Type[] definitions) => type.IsGenericType && Array.IndexOf(definitions, type.GetGenericTypeDefinition()) >= 0;
}
