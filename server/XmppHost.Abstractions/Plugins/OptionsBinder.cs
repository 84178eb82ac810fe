using System.Collections;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Configuration;

namespace XmppHost.Plugins;

/// <summary>
/// Makes options records out of configuration, strictly: every key must be known and every value must fit. What does not is told as one line that starts with the config path, and
/// the binding goes on with a stand-in, so that all problems are found in one run.
/// </summary>
/// <param name="configDirectory">Where relative paths of <c>...File</c> options start.</param>
/// <param name="problems">Gets the problems.</param>
/// <param name="bound">Gets every option, set or default.</param>
internal sealed class OptionsBinder(string configDirectory, ICollection<string> problems, ICollection<BoundOption>? bound = null)
{
    internal static T Bind<T>(PluginContext plugin)
        where T : class
    {
        plugin.HasBoundOptions = true;
        return new OptionsBinder(plugin.ConfigDirectory, plugin.Problems, plugin.BoundOptions).Bind<T>(plugin.Config, plugin.Config.Path);
    }

    /// <param name="node">The section, or the root.</param>
    /// <param name="key">Its path; empty for the root.</param>
    /// <param name="elsewhere">Keys that stand in the section but are read by others.</param>
    internal T Bind<T>(IConfiguration node, string key, params string[] elsewhere)
        where T : class => (T)BindObject(typeof(T), node, key, null, elsewhere);

    private object BindObject(Type type, IConfiguration node, string key, object? basis, string[] elsewhere)
    {
        var before = problems.Count;
        var (constructor, slots) = OptionSlot.Of(type);
        if (node is IConfigurationSection { Value: { Length: > 0 } text }) Problem(key, $"'{text}' stands where options in {{ }} are expected");
        var present = node.GetChildren().ToDictionary(c => c.Key, StringComparer.OrdinalIgnoreCase);
        ReportUnknown(slots, present.Keys, key, elsewhere);

        var arguments = slots.Where(s => s.IsParameter)
            .Select(s => BindSlot(s, present, key, basis is null ? s.ParameterDefault : s.Property?.GetValue(basis), s.MustBeSet && basis is null))
            .ToArray();
        var options = Construct(constructor, arguments, key);
        foreach (var slot in slots.Where(s => !s.IsParameter))
            slot.Property!.SetValue(options, BindSlot(slot, present, key, slot.Property.GetValue(basis ?? options), slot.MustBeSet));

        if (options is IValidatedOptions validated && problems.Count == before)
            foreach (var (option, problem) in validated.Validate())
                Problem(Join(key, option.Replace('.', ':')), problem);
        return options;
    }

    private object? BindSlot(OptionSlot slot, Dictionary<string, IConfigurationSection> present, string parent, object? fallback, bool mustBeSet)
    {
        var key = Join(parent, slot.Name);
        var before = problems.Count;
        object? value;
        if (slot.Type == typeof(Secret)) value = BindSecret(slot, present, key, mustBeSet);
        else if (present.TryGetValue(slot.Name, out var section)) value = Read(slot.Type, section, key, fallback);
        else value = Absent(slot, key, fallback, mustBeSet);

        if (problems.Count != before) return value;
        foreach (var problem in OptionRules.Problems(slot, value)) Problem(key, problem);
        return value;
    }

    private object? Absent(OptionSlot slot, string key, object? fallback, bool mustBeSet)
    {
        if (IsObject(slot.Type) && (fallback is not null || mustBeSet)) return BindObject(slot.Type, Nothing(key), key, fallback, []);
        if (mustBeSet && OptionCollections.ElementOf(slot.Type) is null)
        {
            Problem(key, "is required");
            return StandIn(slot.Type);
        }

        var value = fallback ?? (slot.IsNullable ? null : StandIn(slot.Type));
        Bound(key, OptionScalars.Write(value), false);
        return value;
    }

    private object? Read(Type type, IConfigurationSection section, string key, object? fallback)
    {
        if (OptionCollections.ElementOf(type) is { } element) return ReadMany(type, element, section, key);
        if (IsObject(type)) return BindObject(type, section, key, fallback, []);
        if (section.GetChildren().Any())
        {
            Problem(key, "expects one value, not a list or options");
            return fallback ?? StandIn(type);
        }

        var (value, problem) = OptionScalars.Read(type, section.Value ?? "");
        if (problem is not null) Problem(key, section.Value is null ? "expects a value" : problem);
        else Bound(key, OptionScalars.Write(value), true);
        return problem is null ? value : fallback ?? StandIn(type);
    }

    private object ReadMany(Type type, Type element, IConfigurationSection section, string key)
    {
        var items = new List<KeyValuePair<string, object?>>();
        foreach (var child in section.GetChildren())
        {
            if (!OptionCollections.IsDictionary(type) && !int.TryParse(child.Key, out _))
            {
                Problem(key, "expects a list: write [ ... ]");
                break;
            }

            var childKey = Join(key, child.Key);
            items.Add(new(child.Key, IsObject(element) ? BindObject(element, child, childKey, null, []) : ReadItem(element, child, childKey)));
        }

        // One value where a list may stand, as an environment variable would give it.
        if (items.Count == 0 && section.Value is { Length: > 0 } && !IsObject(element)) items.Add(new("0", ReadItem(element, section, key)));
        var many = OptionCollections.Make(type, element, items);
        if (!IsObject(element)) Bound(key, OptionCollections.Write(many, items), true);
        return many;
    }

    private object? ReadItem(Type element, IConfigurationSection section, string key)
    {
        var (value, problem) = OptionScalars.Read(element, section.Value ?? "");
        if (problem is not null) Problem(key, problem);
        return value ?? StandIn(element);
    }

    private Secret? BindSecret(OptionSlot slot, Dictionary<string, IConfigurationSection> present, string key, bool mustBeSet)
    {
        var reader = new SecretReader(configDirectory);
        var (secret, source, problem) = reader.Read(present.GetValueOrDefault(slot.Name)?.Value, present.GetValueOrDefault(slot.Name + "File")?.Value);
        if (problem is not null) Problem(source == SecretSource.File ? key + "File" : key, problem);
        else if (secret is null && mustBeSet) Problem(key, $"is required: write {slot.Name}, {slot.Name}File or ${{ENVIRONMENT_VARIABLE}}");
        else Bound(source == SecretSource.File ? key + "File" : key, secret is null ? "(not set)" : SecretReader.Mask(source, present, slot.Name), secret is not null);
        return secret ?? (mustBeSet || problem is not null ? new Secret("") : null);
    }

    private void ReportUnknown(IReadOnlyList<OptionSlot> slots, IEnumerable<string> given, string key, string[] elsewhere)
    {
        string[] known = [.. slots.SelectMany(s => s.Type == typeof(Secret) ? new[] { s.Name, s.Name + "File" } : [s.Name]), .. elsewhere];
        foreach (var name in given.Except(known, StringComparer.OrdinalIgnoreCase))
            Problem(Join(key, name), $"unknown option{OptionNames.Hint(name, known)}");
    }

    private object Construct(System.Reflection.ConstructorInfo constructor, object?[] arguments, string key)
    {
        try
        {
            return constructor.Invoke(arguments);
        }
        catch (System.Reflection.TargetInvocationException e)
        {
            Problem(key, e.InnerException!.Message);
            return RuntimeHelpers.GetUninitializedObject(constructor.DeclaringType!);
        }
    }

    private void Problem(string key, string text) => problems.Add($"{OptionNames.Path(key)}: {text}");

    private void Bound(string key, string text, bool isSet) => bound?.Add(new BoundOption(key, text, isSet));

    private static bool IsObject(Type type) => type != typeof(Secret) && !OptionScalars.IsScalar(type) && OptionCollections.ElementOf(type) is null;

    private static object? StandIn(Type type)
    {
        if (type == typeof(string)) return "";
        if (type == typeof(Uri)) return new Uri("about:blank");
        if (OptionCollections.ElementOf(type) is { } element) return OptionCollections.Make(type, element, []);
        return type.IsValueType ? Activator.CreateInstance(type) : null;
    }

    private static string Join(string key, string name) => key.Length == 0 ? name : $"{key}:{name}";

    private static IConfigurationSection Nothing(string key) => new ConfigurationBuilder().Build().GetSection(key);
}
